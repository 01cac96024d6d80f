// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

/** Gives the numbers under which units are owned. The ledger gives them, so that it can refuse what an earlier owner writes. */
@FunctionalInterface
public interface Epochs {
    /**
     * Gives an owner an epoch that is higher than any that was given for this unit before. May take long; never called while another call
     * for the same unit runs.
     *
     * @param unit see {@link Unit#name()}
     * @param owner see {@link io.nephometer.coordination.Member#name()}
     * @throws EpochException if none was given, or it is unknown whether one was; it is asked for again later
     */
    long take(String unit, String owner) throws EpochException, InterruptedException;
}
