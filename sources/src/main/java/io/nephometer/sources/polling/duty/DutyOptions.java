// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import java.time.Duration;

/**
 * How duties are done.
 *
 * @param atOnce how many units are measured at once
 * @param spread over which part of the interval units are spread: 0 for all at the start of the slot, at most 0.5
 * @param leastLeft what must be left of a slot for its measuring to begin
 * @param patience how long a living owner before is given to end what it is at
 */
public record DutyOptions(int atOnce, double spread, Duration leastLeft, Duration patience) {
    /** What a process uses unless told otherwise. */
    public static final DutyOptions DEFAULTS = new DutyOptions(8, 0.25, Duration.ofSeconds(1), Duration.ofSeconds(3));

    private static final double MOST_SPREAD = 0.5;

    public DutyOptions {
        if (atOnce < 1 || !(spread >= 0 && spread <= MOST_SPREAD)) {
            throw new IllegalArgumentException("at least one at once, spread 0 to 0.5; not " + atOnce + ", " + spread);
        }
    }
}
