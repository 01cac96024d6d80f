// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling;

import java.time.Instant;

/**
 * When counters were really read. Differences of {@link #nanos} are true even if the wall clock was set in between.
 *
 * @param at on the wall clock
 * @param nanos the same moment on the member's ticker
 */
public record MeasuringTime(Instant at, long nanos) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Seconds of the ticker: what a meter message calls {@code monotonic_time}. */
    public double monotonicSeconds() {
        return nanos / NANOS_PER_SECOND;
    }

    /** Seconds from {@code earlier} to this. */
    public double secondsSince(MeasuringTime earlier) {
        return (nanos - earlier.nanos) / NANOS_PER_SECOND;
    }
}
