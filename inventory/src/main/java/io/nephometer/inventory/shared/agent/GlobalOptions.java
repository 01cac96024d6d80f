// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import java.time.Duration;

/**
 * What an agent does while the shared cache gives nothing.
 *
 * @param fallbackWithin it asks Nova itself from some moment within this time on, another one for each host
 * @param fallbackInterval {@code fallback_interval}: time between two such questions at least
 */
public record GlobalOptions(Duration fallbackWithin, Duration fallbackInterval) {
    /** 500 agents then ask 50 times a minute. */
    public static final GlobalOptions DEFAULTS = new GlobalOptions(Duration.ofMinutes(10), Duration.ofMinutes(10));

    public GlobalOptions {
        if (fallbackWithin.isNegative() || !fallbackInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "a fallback within " + fallbackWithin + ", then each " + fallbackInterval);
        }
    }

    public GlobalOptions withFallbackInterval(Duration other) {
        return new GlobalOptions(fallbackWithin, other);
    }
}
