// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.time.Duration;

/**
 * How replicas are used.
 *
 * @param maxStaleness a replica that may be older than this is lagging
 * @param probeInterval how often the primary and each replica are asked how they stand
 * @param silence how long a replica may take to answer before it counts as away
 * @param fallbackReads so many reads a second the primary takes over from replicas
 */
public record RoutingOptions(Duration maxStaleness, Duration probeInterval, Duration silence, double fallbackReads) {
    /** What a process uses unless told otherwise. */
    public static final RoutingOptions DEFAULTS =
            new RoutingOptions(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(2), 20);

    /**
     * After so long without a look at a server, whatever came of it, nothing is known of it: several questions of it may each take as
     * long as it may be silent, and a process may be held up a little.
     */
    Duration unwatched() {
        return probeInterval.plus(silence).multipliedBy(4);
    }

    public RoutingOptions {
        if (!maxStaleness.isPositive() || !probeInterval.isPositive() || !silence.isPositive()) {
            throw new IllegalArgumentException("the times of a replica are above zero");
        }
    }
}
