// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Whether a request is sent again, and how long to wait before. */
final class Backoff {
    private final ApiSettings settings;
    private final RandomGenerator random;

    Backoff(ApiSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** The wait before attempt {@code next} of {@code attempts}; empty if there is none. */
    Optional<Duration> before(int next, int attempts, Attempt.Failed failed) {
        if (!failed.mayBeRepeated() || next > attempts) {
            return Optional.empty();
        }
        Optional<Duration> asked = failed.retryAfter();
        if (asked.isPresent()) {
            return asked.filter(time -> time.compareTo(settings.longestPause()) <= 0);
        }
        double most = Math.min(
                (double) settings.longestPause().toNanos(),
                settings.firstPause().toNanos() * Math.pow(2, next - 2.0));
        return Optional.of(Duration.ofNanos(Math.round(most * (1 - random.nextDouble() / 2))));
    }
}
