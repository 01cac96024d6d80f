// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.util.List;

/** A ledger to look at, beside whoever writes to it. Thread-safe. */
public interface LedgerView extends OpenView {
    /** Where it is. */
    StoreUrl url();

    LedgerReader reader();

    RecoveryView recovery();

    GapView gaps();

    SlotView slots();

    PendingView pending();

    ClusterView cluster();

    LedgerLog log();

    /** What the ledger knows of the cloud. */
    InventoryReader inventory();

    /** Which audits were done. */
    AuditView audits();

    /** What was to be removed after instances. */
    CleanupView cleanups();

    /** Rows and bytes of each table. Counts them: takes a while on a large ledger. */
    List<TableSize> sizes();

    /** Ends what is under way and releases files and connections. Legal twice. */
    @Override
    void close();
}
