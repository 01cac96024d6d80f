// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between connections: each twice the one before, up to a bound, and cut at random by up to a fifth, so that a fleet
 * does not come back as one. A connection that held starts anew. For one thread.
 */
final class Reconnection {
    /** A shorter connection counts as a failed one: the broker lets us in only to throw us out. */
    private static final Duration HELD = Duration.ofSeconds(10);
    /** 2^20 times any first wait is above any bound. */
    private static final int MAX_DOUBLINGS = 20;

    private final LinkTiming timing;
    private final RandomGenerator random;
    private int failures;

    Reconnection(LinkTiming timing, RandomGenerator random) {
        this.timing = timing;
        this.random = random;
    }

    /** A session is over that was ready for this long. */
    void ended(Duration lasted) {
        if (lasted.compareTo(HELD) >= 0) {
            failures = 0;
        }
    }

    /** How long to wait before the next connection. */
    Duration next() {
        Duration full = timing.retryFirst().multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        Duration bounded = full.compareTo(timing.retryMost()) > 0 ? timing.retryMost() : full;
        return bounded.minusNanos((long) (bounded.toNanos() * 0.2 * random.nextDouble()));
    }
}
