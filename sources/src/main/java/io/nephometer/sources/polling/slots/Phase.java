// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import io.nephometer.model.NameUuid;
import java.time.Duration;
import java.util.UUID;

/** A moment that depends on a name alone, so that many members do not all do the same thing at once. */
public final class Phase {
    private static final UUID NAMESPACE = UUID.fromString("b4f8a1c6-5d0b-5f7e-9a43-2e6c19d07b55");
    private static final int HASH_BITS = 31;
    private static final double HASHES = 1L << HASH_BITS;

    private Phase() {}

    /** Between 0 and {@code spread}, whole milliseconds, evenly spread over names. */
    public static Duration of(String name, Duration spread) {
        long hash = NameUuid.of(NAMESPACE, name).getMostSignificantBits() >>> (Long.SIZE - HASH_BITS);
        return Duration.ofMillis((long) (spread.toMillis() * (hash / HASHES)));
    }
}
