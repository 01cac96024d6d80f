// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

/** What became of measurements that were handed over. */
public sealed interface Handed {
    /** They are in the ledger, or will be. */
    record Accepted() implements Handed {}

    /** Another member owns the unit and has claimed the slot: nothing of them counts. */
    record Fenced() implements Handed {}

    /**
     * They are lost.
     *
     * @param why for a human
     */
    record Lost(String why) implements Handed {}
}
