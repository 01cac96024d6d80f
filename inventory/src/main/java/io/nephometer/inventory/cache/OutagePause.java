// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Duration;

/**
 * How long a Nova that does not answer is left alone: 30 seconds after the first refresh that failed, twice that after each further
 * one, at most five minutes; less up to a half, by host and number, so that the agents of a cloud do not come back all at once.
 */
final class OutagePause {
    static final Duration FIRST = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final double LEAST_PART = 0.5;
    private static final int MOST_DOUBLINGS = 10;

    private OutagePause() {}

    /** From the begin of the refresh that was the last of so many failures in a row. */
    static Duration after(long failures, String host) {
        long doublings = Math.clamp(failures - 1, 0, MOST_DOUBLINGS);
        Duration pause = FIRST.multipliedBy(1L << doublings);
        Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        return Spread.shorten(bounded, LEAST_PART, host + " " + failures);
    }
}
