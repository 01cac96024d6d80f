// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's time, kept between looks at its clock by the ticker: what is set on this machine's clock does not move the slots
 * that a member works on. This machine's clock until the ledger was heard of. Thread-safe.
 */
public final class LedgerClock implements InstantSource {
    /** A ticker may be wrong by a part in so many. */
    private static final long DRIFT = 10_000;

    private final InstantSource wall;
    private final Ticker ticker;
    private volatile @Nullable Reading reading;

    public LedgerClock(InstantSource wall, Ticker ticker) {
        this.wall = wall;
        this.ticker = ticker;
    }

    /** What the ledger told, when by the ticker, and by how much that may be wrong. */
    private record Reading(Instant ledger, long nanos, Duration error) {
        Instant at(long now) {
            return ledger.plusNanos(now - nanos);
        }

        Duration error(long now) {
            return error.plusNanos((now - nanos) / DRIFT);
        }
    }

    /**
     * The ledger told its time.
     *
     * @param asked by the ticker, before
     * @param answered by the ticker, after
     */
    public void told(Instant ledger, long asked, long answered) {
        Duration half = Duration.ofNanos((answered - asked) / 2);
        Reading next = new Reading(ledger, asked + half.toNanos(), half);
        Reading last = reading;
        if (last == null || isBetter(next, last, answered)) {
            reading = next;
        }
    }

    /** An answer that took long says less than an older one that came at once, unless the two cannot both be true. */
    private static boolean isBetter(Reading next, Reading last, long now) {
        Duration apart = Duration.between(last.at(now), next.at(now)).abs();
        return next.error().compareTo(last.error(now)) <= 0
                || apart.compareTo(next.error().plus(last.error(now))) > 0;
    }

    @Override
    public Instant instant() {
        Reading last = reading;
        return last == null ? wall.instant() : last.at(ticker.nanos());
    }

    /** How much this machine's clock is ahead of the ledger's; zero as long as that is not known. */
    public Duration ahead() {
        Reading last = reading;
        return last == null ? Duration.ZERO : Duration.between(instant(), wall.instant());
    }
}
