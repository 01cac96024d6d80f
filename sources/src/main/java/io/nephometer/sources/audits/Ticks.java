// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;

/**
 * Periods of one length, the same wherever and whenever they are worked out: the first began with the epoch. For what is looked at every few
 * minutes.
 */
public record Ticks(Duration length) implements Periods {
    public Ticks {
        if (length.toSeconds() < 1 || !length.equals(Duration.ofSeconds(length.toSeconds()))) {
            throw new IllegalArgumentException("ticks are of whole seconds, at least one, not " + length);
        }
    }

    @Override
    public Period lastCompleted(Instant now) {
        Instant end = floor(now);
        return new Period(end.minus(length), end);
    }

    private Instant floor(Instant time) {
        return time.minusSeconds(Math.floorMod(time.getEpochSecond(), length.toSeconds()))
                .minusNanos(time.getNano());
    }

    @Override
    public Period before(Period period) {
        return new Period(period.begin().minus(length), period.begin());
    }

    @Override
    public Duration longest() {
        return length;
    }
}
