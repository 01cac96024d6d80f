// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import java.time.Duration;

/**
 * A part of a work that one member does whole.
 *
 * @param name the same at all members, and in the ledger
 * @param period how often it is done; a member that hears nothing of the coordinator goes on for some of them
 * @param group what a member takes part in, beside the work, if it knows how to do this unit: others do not own it, unless they tell nothing of
 *     what they know; empty if all know
 */
public record Unit(String name, Duration period, String group) {
    public Unit {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a unit has a name");
        }
        if (!period.isPositive()) {
            throw new IllegalArgumentException("the period of " + name + " must be positive: " + period);
        }
    }

    /** One that every member knows how to do. */
    public Unit(String name, Duration period) {
        this(name, period, "");
    }
}
