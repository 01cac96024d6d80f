// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import java.time.Duration;

/** Sets the agents of a cloud apart in time: each has a fraction of its own, the same after every start. */
final class Spread {
    private Spread() {}

    /** From 0 to just below 1, even over names. */
    static double of(String name) {
        return (BodyHash.of(Bytes.utf8(name).unsafeArray()).high() >>> 11) * 0x1p-53;
    }

    /** Of {@code whole}, at least the given part. */
    static Duration shorten(Duration whole, double leastPart, String name) {
        return Duration.ofNanos((long) (whole.toNanos() * (leastPart + (1 - leastPart) * of(name))));
    }
}
