// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.store.ledger.Ledger;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the ledger answered when somebody looked last. While it does not, nothing else waits for it: each question would take as long as a
 * connection may, and slots would go by. Thread-safe.
 */
public final class LedgerReach {
    private static final String AWAY = "the ledger did not answer when it was looked at last";

    private volatile boolean away;

    void answered() {
        away = false;
    }

    void silent() {
        away = true;
    }

    /** The ledger; empty while it does not answer. */
    Supplier<Optional<Ledger>> of(Supplier<Optional<Ledger>> ledger) {
        return () -> away ? Optional.empty() : ledger.get();
    }

    /** The way into the ledger; unavailable while it does not answer. */
    LedgerWriter of(LedgerWriter writer) {
        return new LedgerWriter() {
            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                return away ? new CommitOutcome.Unavailable(AWAY) : writer.commit(batch);
            }

            @Override
            public boolean isAvailable() {
                return !away && writer.isAvailable();
            }
        };
    }
}
