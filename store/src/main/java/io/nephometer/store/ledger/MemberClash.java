// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Instant;

/**
 * Two runs of one member that measured at the same time: two agents have one name, and share its slots.
 *
 * @param earlier the run that began earlier and goes on
 * @param later the latest run
 * @param seen when something of the earlier one was committed last that it had measured beside a later one
 */
public record MemberClash(String member, Run earlier, Run later, Instant seen) {
    /**
     * A run of a member.
     *
     * @param began by its own clock
     */
    public record Run(String id, Instant began) {}
}
