// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import java.time.Duration;
import java.util.Set;

/**
 * What is simulated.
 *
 * @param members at the beginning
 * @param units of work
 * @param interval of the slots
 * @param slots how many, of which in the last ones nothing is disturbed
 * @param disturbances how many
 * @param mutations defects that are put in
 */
record Settings(int members, int units, Duration interval, int slots, int disturbances, Set<Mutation> mutations) {
    /** How long a member is live after a beat. */
    static final Duration LEASE = Duration.ofSeconds(10);

    /** At the end, so that all comes to rest. */
    static final int QUIET_SLOTS = 6;
    /** What a measurement takes at most. */
    static final Duration SLOWEST = Duration.ofSeconds(40);

    Settings {
        mutations = Set.copyOf(mutations);
    }

    static Settings of(Set<Mutation> mutations) {
        return new Settings(3, 6, Duration.ofSeconds(30), 24, 10, mutations);
    }
}
