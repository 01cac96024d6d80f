// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Failure;
import io.nephometer.model.RawMessage;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message, or the event of one, that could not be processed.
 *
 * @param identity SHA-256 of exchange, routing key and body as they first came
 * @param eventOnly whether only the event is outstanding, because the samples are committed
 * @param failure the latest one
 * @param message as it came, or with the body that a human gave it since; secrets masked
 * @param bodyHash of the content as it came, before secrets were masked; null once a human gave it another body
 * @param messageId as sent, null if the message has none
 * @param seen how often the message came
 * @param attempts how often it was tried again
 * @param revision grows with every change to the entry other than {@code seen}
 */
public record RecoveryEntry(
        Bytes identity,
        RecoveryState state,
        boolean eventOnly,
        Failure failure,
        RawMessage message,
        @Nullable BodyHash bodyHash,
        @Nullable String messageId,
        Instant firstSeen,
        Instant lastSeen,
        long seen,
        int attempts,
        int revision) {
    /** The identity as 64 hexadecimal digits; commands accept its beginning. */
    public String id() {
        return HexFormat.of().formatHex(identity.unsafeArray());
    }
}
