// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.store.ledger.EpochDesk;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.RosterDesk;

/** What central polling asks of a ledger, beside commits. */
record LedgerDesks(EpochDesk epochs, RosterDesk rosters) {
    /** Those of a ledger itself, which take as long as it takes. */
    static LedgerDesks of(Ledger ledger) {
        return new LedgerDesks(ledger.epochs(), ledger.rosters());
    }
}
