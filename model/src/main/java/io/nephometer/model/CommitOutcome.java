// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** The answer of the ledger to a batch. */
public sealed interface CommitOutcome {
    /** Durable. Only now may the batch be acknowledged. */
    record Committed(CommitReport report) implements CommitOutcome {}

    /**
     * The store could not be reached, refused for a reason that is not about the data, or the outcome is unknown. Nothing may
     * be acknowledged; the same batch may be offered again, and what was committed after all will be known.
     *
     * @param cause for a human: server, SQLSTATE, message
     */
    record Unavailable(String cause) implements CommitOutcome {}

    /**
     * The database refused the data of the batch (SQLSTATE classes 22 and 23). Nothing was written. One entry is to blame;
     * which one is found by offering parts.
     *
     * @param code what kind of refusal it was, as the database names it: its SQLSTATE; equal for equal refusals. Or
     *     {@link #UNSTORABLE}
     * @param cause for a human: code and message
     */
    record Rejected(String code, String cause) implements CommitOutcome {
        /**
         * Refused before the database was asked, for a value that no store could keep (NUL in a text, a time out of range). It
         * is always about the message, and says nothing about the store however many come in a row.
         */
        public static final String UNSTORABLE = "UNSTORABLE";
    }
}
