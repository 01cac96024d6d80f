// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.decode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times that a message may carry. Older than the retention: its intake row may be gone, so a second copy could no longer
 * be told from a first. More than a day ahead: a broken clock, which would sit at the top of every query.
 */
public final class TimeWindow {
    private static final Duration AHEAD = Duration.ofDays(1);

    private final InstantSource clock;
    private final @Nullable Duration retention;

    private TimeWindow(InstantSource clock, @Nullable Duration retention) {
        this.clock = clock;
        this.retention = retention;
    }

    /** No lower bound: everything is kept for ever. */
    public static TimeWindow unlimited(InstantSource clock) {
        return new TimeWindow(clock, null);
    }

    /** Nothing older than {@code retention}. */
    public static TimeWindow ofRetention(InstantSource clock, Duration retention) {
        return new TimeWindow(clock, retention);
    }

    /** Why {@code time} is not acceptable now; empty if it is. */
    Optional<String> objectionTo(Instant time) {
        Instant now = clock.instant();
        if (time.isAfter(now.plus(AHEAD))) {
            return Optional.of("timestamp " + time + " is more than a day ahead of this host's clock (" + now + ")");
        }
        if (retention != null && time.isBefore(now.minus(retention))) {
            return Optional.of("timestamp " + time + " is older than the retention of " + retention);
        }
        return Optional.empty();
    }
}
