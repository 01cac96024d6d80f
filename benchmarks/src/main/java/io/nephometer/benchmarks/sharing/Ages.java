// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import java.time.Duration;
import java.util.TreeMap;

/** How often there was each age, to a tenth of a second. */
final class Ages {
    private static final long STEP_MILLIS = 100;

    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long total;

    void add(Duration age, long times) {
        counts.merge(Math.ceilDiv(age.toMillis(), STEP_MILLIS), times, Long::sum);
        total += times;
    }

    long total() {
        return total;
    }

    /** The age in seconds that this part of them did not exceed, by the nearest rank; 0 of none. */
    double quantile(double part) {
        long rank = (long) Math.ceil(part * total);
        long seen = 0;
        for (var entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return entry.getKey() * STEP_MILLIS / 1000.0;
            }
        }
        return 0;
    }

    double most() {
        return counts.isEmpty() ? 0 : counts.lastKey() * STEP_MILLIS / 1000.0;
    }
}
