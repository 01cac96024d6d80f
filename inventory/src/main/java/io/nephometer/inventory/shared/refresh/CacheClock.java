// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.shared.record.RefreshRecord.Complete;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.Instant;

/** The clock of the cache, by which refreshers agree: as it said last, and what has passed since. */
final class CacheClock {
    private static final long SECOND = 1_000_000_000L;

    private final Instant said;
    private final Ticker ticker;
    private final long since;

    CacheClock(Instant said, Ticker ticker) {
        this.said = said;
        this.ticker = ticker;
        this.since = ticker.nanos();
    }

    Instant now() {
        return said.plusNanos(ticker.nanos() - since);
    }

    /** Our own ticker. */
    long nanos() {
        return ticker.nanos();
    }

    /** Since this clock was read. */
    Duration elapsed() {
        return Duration.ofNanos(ticker.nanos() - since);
    }

    /** The same as {@link #now}, as a tick that every process reads alike. */
    long tick() {
        return tick(now());
    }

    static long tick(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }

    static Poll poll(Complete complete) {
        return new Poll(complete.nova(), complete.novasClock(), tick(complete.cache()));
    }

    static Complete complete(Poll poll) {
        return new Complete(poll.at(), poll.novasClock(), Instant.EPOCH.plusNanos(poll.tick()));
    }
}
