// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import java.time.Duration;

/**
 * Waiting times that double from a first to a longest.
 *
 * @param first before the first new attempt
 * @param longest never waits longer
 */
public record Backoff(Duration first, Duration longest) {
    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("back-off must be 0 < first <= longest: " + first + ", " + longest);
        }
    }

    /** 0.2 s to 2 s: a store that returns is noticed within two seconds. */
    public static Backoff defaults() {
        return new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));
    }

    /** The waiting time before attempt {@code attempt}, counted from 0. */
    public Duration before(int attempt) {
        long factor = 1L << Math.min(attempt, 20);
        Duration wait = first.multipliedBy(factor);
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
