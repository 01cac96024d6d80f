// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.LedgerWriter;

/** A ledger that this process may write to. Thread-safe. */
public interface Ledger extends LedgerWriter, LedgerView {
    @Override
    RecoveryDesk recovery();
}
