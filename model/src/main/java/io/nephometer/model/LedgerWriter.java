// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** The seam between the pipeline and the ledger. Implementations may be called by several threads at once. */
public interface LedgerWriter {
    /**
     * Writes the batch in one transaction and returns when it is durable, or was not written at all. Never throws for a
     * failure of the store.
     */
    CommitOutcome commit(LedgerBatch batch);

    /** Whether the store answers now, as cheaply as can be told. Used to probe it while consuming is stopped. */
    boolean isAvailable();
}
