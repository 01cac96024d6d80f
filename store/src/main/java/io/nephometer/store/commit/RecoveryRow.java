// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Failure;
import io.nephometer.model.MessageId;
import io.nephometer.model.RawMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to wait in recovery.
 *
 * @param identity see {@link #identity}
 * @param message the whole message
 * @param hash of its content as it came
 * @param id null if it has none
 * @param eventOnly whether only its event is outstanding, because its samples are committed
 * @param failure why
 */
public record RecoveryRow(
        Bytes identity,
        RawMessage message,
        BodyHash hash,
        @Nullable MessageId id,
        boolean eventOnly,
        Failure failure) {

    static RecoveryRow of(PreparedMessage message, boolean eventOnly, Failure failure) {
        return new RecoveryRow(
                identity(message.raw()), message.raw(), message.hash(), message.id(), eventOnly, failure);
    }

    /** SHA-256 of exchange, routing key and body, each preceded by its length in bytes as 32 bits, big-endian. */
    public static Bytes identity(RawMessage message) {
        MessageDigest digest = Bytes.sha256Digest();
        part(digest, message.exchange().getBytes(StandardCharsets.UTF_8));
        part(digest, message.routingKey().getBytes(StandardCharsets.UTF_8));
        part(digest, message.body().unsafeArray());
        return Bytes.wrap(digest.digest());
    }

    private static void part(MessageDigest digest, byte[] content) {
        digest.update(ByteBuffer.allocate(4).putInt(content.length).flip());
        digest.update(content);
    }
}
