// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.util.List;

/** Samples that were committed without metadata. Every method throws {@link LedgerException} if the store fails. Thread-safe. */
public interface PendingView {
    /**
     * Those that wait, in the order of their ids.
     *
     * @param after the last id that was read before; 0 to begin
     * @param givenUpToo also those for which nobody tries any more
     */
    List<PendingSamples> list(long after, int limit, boolean givenUpToo);

    /** How many wait, at a cost that does not grow with those that were given up. */
    long open();

    /** How many there are; looks at all of them. */
    PendingSamples.Count count();
}
