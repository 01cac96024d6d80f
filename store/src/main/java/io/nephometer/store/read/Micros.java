// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the ledger keeps them: microseconds since the epoch. */
final class Micros {
    private static final Instant EARLIEST = Instant.EPOCH.plus(Long.MIN_VALUE, ChronoUnit.MICROS);
    private static final Instant LATEST = Instant.EPOCH.plus(Long.MAX_VALUE, ChronoUnit.MICROS);

    private Micros() {}

    /** Rounded up, as a bound needs it; what is out of range becomes the end of the range. */
    static long ceiling(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return Long.MIN_VALUE;
        }
        if (time.isAfter(LATEST)) {
            return Long.MAX_VALUE;
        }
        Instant cut = time.truncatedTo(ChronoUnit.MICROS);
        return ChronoUnit.MICROS.between(Instant.EPOCH, cut) + (cut.equals(time) ? 0 : 1);
    }

    /** Rounded down. */
    static long floor(Instant time) {
        return ceiling(time.truncatedTo(ChronoUnit.MICROS));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
