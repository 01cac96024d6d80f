// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Bytes;
import io.nephometer.model.Processed;

/**
 * What a human can do about it. Each method acts on the entry as it was read: if it was changed or settled since, nothing
 * happens and the answer says so. Thread-safe.
 */
public interface RecoveryDesk extends RecoveryView {
    /**
     * Gives the message another body; the old one is kept in the history. False if the entry was changed since it was read.
     *
     * @param note for the history
     */
    boolean edit(RecoveryEntry entry, Bytes body, String note);

    /** Settles the entry without processing it; it stays listed as discarded. False if it was changed since it was read. */
    boolean discard(RecoveryEntry entry, String reason);

    /**
     * Writes what the message became this time and settles the entry, in one transaction. Of a message whose samples are
     * committed only the event is written. However often and by however many at once, it counts once.
     *
     * @param processed made from {@code entry.message()}; its hash stands only where the entry has none
     */
    RetryOutcome retry(RecoveryEntry entry, Processed processed);
}
