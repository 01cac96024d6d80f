// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import java.time.Duration;

/**
 * A part of a work that one member does whole.
 *
 * @param name the same at all members, and in the ledger
 * @param period how often it is done; a member that hears nothing of the coordinator goes on for some of them
 */
public record Unit(String name, Duration period) {
    public Unit {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a unit has a name");
        }
        if (!period.isPositive()) {
            throw new IllegalArgumentException("the period of " + name + " must be positive: " + period);
        }
    }
}
