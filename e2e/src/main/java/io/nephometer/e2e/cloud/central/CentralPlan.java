// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import io.nephometer.e2e.cloud.process.Setup;
import java.time.Duration;

/**
 * What a run is asked to do.
 *
 * @param setup with what the product is run
 * @param agents how many
 * @param interval of a slot
 * @param slots how many are compared
 * @param lease of the agents
 * @param made how many things of each kind
 */
record CentralPlan(Setup setup, int agents, Duration interval, int slots, Duration lease, int made) {
    /** How long after the beginning of a slot an agent is killed. */
    static final Duration KILL_AFTER = Duration.ofSeconds(2);

    /** What of a slot must be left beside the lease so that another measures it. */
    static final Duration LEFT = Duration.ofSeconds(5);

    static final String SOURCE = "proof";

    private static final int LEAST_SLOTS = 4;

    CentralPlan {
        if (agents < 2) {
            throw new IllegalArgumentException("at least two agents, one of which is killed, not " + agents);
        }
        if (slots < LEAST_SLOTS) {
            throw new IllegalArgumentException("at least " + LEAST_SLOTS + " slots, not " + slots);
        }
        if (interval.compareTo(lease.plus(LEFT).plus(KILL_AFTER)) < 0) {
            throw new IllegalArgumentException("a slot of " + interval.toSeconds() + " s is too short for a lease of "
                    + lease.toSeconds() + " s: who is killed after " + KILL_AFTER.toSeconds()
                    + " s leaves less than the lease and "
                    + LEFT.toSeconds() + " s");
        }
    }

    /** The slot in which an agent is killed, from 0. */
    int killedIn() {
        return 1;
    }

    /** The slot in which something changes in the cloud. */
    int changedIn() {
        return slots / 2 + 1;
    }
}
