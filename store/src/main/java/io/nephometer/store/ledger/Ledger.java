// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.LedgerWriter;

/** A ledger that this process may write to. Thread-safe. */
public interface Ledger extends LedgerWriter, LedgerView {
    @Override
    RecoveryDesk recovery();

    @Override
    LedgerCursors log();

    @Override
    SlotDesk slots();

    @Override
    PendingDesk pending();

    @Override
    GapBook gaps();

    /** Who owns which unit of work. */
    EpochDesk epochs();

    /** What discoveries found last. */
    RosterDesk rosters();

    /** Writes what is known of the cloud. */
    InventoryDesk inventoryDesk();

    @Override
    AuditDesk audits();

    @Override
    CleanupDesk cleanups();

    /** What audits counted. */
    CountDesk counts();

    /**
     * Removes what is older than the policy says, at most {@code maxRows} rows, in short transactions beside running commits.
     *
     * @throws LedgerException if the store fails; what was removed until then stays removed
     */
    RetentionReport retain(RetentionPolicy policy, int maxRows);
}
