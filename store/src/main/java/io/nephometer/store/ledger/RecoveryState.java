// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/** Where an entry of recovery stands. */
public enum RecoveryState {
    /** It waits for a human. */
    OPEN,
    /** Nothing of it is outstanding any more. */
    RESOLVED,
    /** A human decided that it is not to be processed. */
    DISCARDED
}
