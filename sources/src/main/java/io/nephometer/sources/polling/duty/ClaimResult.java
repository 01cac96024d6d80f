// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

/** How a claim went. */
public enum ClaimResult {
    /** The slot is to be measured. */
    GRANTED,
    /** All of it is in the ledger. */
    DONE,
    /** Another member owns the unit. */
    FENCED,
    /** The ledger does not answer: it is measured all the same, and the ledger decides when it is handed over. */
    UNKNOWN
}
