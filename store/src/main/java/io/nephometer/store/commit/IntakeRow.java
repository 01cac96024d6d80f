// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.BodyHash;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The claim that a message is accepted now.
 *
 * @param key {@link io.nephometer.model.MessageId#key()}
 * @param text the id as sent where the key does not show it, else null
 * @param hash of the content
 */
public record IntakeRow(UUID key, @Nullable String text, BodyHash hash) {
    /** Big-endian byte order, which is the order of both engines: all writers claim in it, so they cannot deadlock. */
    public static final Comparator<UUID> KEY_ORDER = (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    };
}
