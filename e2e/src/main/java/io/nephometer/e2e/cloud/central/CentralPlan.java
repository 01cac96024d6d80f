// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is asked to do.
 *
 * @param product the command that is {@code nephometer}
 * @param folder where everything is written
 * @param store the address of the ledger, with its password
 * @param openstack the section of the configuration that says which cloud
 * @param agents how many
 * @param interval of a slot
 * @param slots how many are compared
 * @param lease of the agents
 * @param made how many things of each kind
 */
record CentralPlan(
        List<String> product,
        Path folder,
        String store,
        String openstack,
        int agents,
        Duration interval,
        int slots,
        Duration lease,
        int made) {
    /** How long after the beginning of a slot an agent is killed. */
    static final Duration KILL_AFTER = Duration.ofSeconds(2);

    /** What of a slot must be left beside the lease so that another measures it. */
    static final Duration LEFT = Duration.ofSeconds(5);

    static final String SOURCE = "proof";

    private static final int LEAST_SLOTS = 4;

    CentralPlan {
        product = List.copyOf(product);
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
