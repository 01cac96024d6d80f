// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import java.time.Duration;

/**
 * How large the simulated cloud of the demonstration is, and how often it is measured.
 *
 * @param hosts hypervisors, each with an agent of its own
 * @param instancesPerHost on each at first; they come, go and move
 * @param interval of the slots, whole seconds
 */
public record FleetOptions(int hosts, int instancesPerHost, Duration interval) {
    public FleetOptions {
        if (hosts < 1 || instancesPerHost < 0) {
            throw new IllegalArgumentException("a cloud has at least one host and no fewer than no instances, not "
                    + hosts + " and " + instancesPerHost);
        }
        if (interval.toSeconds() < 1 || !interval.equals(Duration.ofSeconds(interval.toSeconds()))) {
            throw new IllegalArgumentException("slots last whole seconds, not " + interval);
        }
    }
}
