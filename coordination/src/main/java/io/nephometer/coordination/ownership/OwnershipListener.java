// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

/** Told of each change, in order, by one thread. Returns soon: beats wait for it. */
@FunctionalInterface
public interface OwnershipListener {
    /** A unit was gained or lost. */
    void changed(OwnershipChange change);
}
