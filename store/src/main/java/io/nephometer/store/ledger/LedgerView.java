// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/** A ledger to look at, beside whoever writes to it. Thread-safe. */
public interface LedgerView extends AutoCloseable {
    /** Where it is. */
    StoreUrl url();

    LedgerReader reader();

    RecoveryView recovery();

    GapBook gaps();

    /** Ends what is under way and releases files and connections. Legal twice. */
    @Override
    void close();
}
