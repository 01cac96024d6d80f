// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

/** Something happened to a unit. */
public sealed interface OwnershipChange {
    /** Which one. */
    String unit();

    /** The epoch that it was owned under. */
    long epoch();

    /** From now on it is ours. */
    record Gained(String unit, long epoch) implements OwnershipChange {}

    /** Nothing new is begun for it; what was measured already may still be committed, the ledger decides. */
    record Lost(String unit, long epoch, Loss why) implements OwnershipChange {}
}
