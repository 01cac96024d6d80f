// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the ledger answered when somebody looked last, and does not let the one who looks now wait. While it does not, nothing else waits for
 * it: each question would take as long as a connection may, and slots would go by. Thread-safe.
 */
public final class LedgerReach {
    private static final String AWAY = "the ledger did not answer when it was looked at last";

    private final Ticker ticker;
    private final long patience;
    private volatile boolean away;
    /** Since when somebody waits for it; null if nobody does. */
    private volatile @Nullable Long asked;

    /** @param patience how long it may let who looks at it wait, before it counts as away */
    public LedgerReach(Ticker ticker, Duration patience) {
        this.ticker = ticker;
        this.patience = patience.toNanos();
    }

    void asked() {
        asked = ticker.nanos();
    }

    void answered() {
        asked = null;
        away = false;
    }

    void silent() {
        asked = null;
        away = true;
    }

    private boolean isAway() {
        Long since = asked;
        return away || (since != null && ticker.nanos() - since > patience);
    }

    /** The ledger; empty while it does not answer. */
    Supplier<Optional<Ledger>> of(Supplier<Optional<Ledger>> ledger) {
        return () -> isAway() ? Optional.empty() : ledger.get();
    }

    /** The way into the ledger; unavailable while it does not answer. */
    LedgerWriter of(LedgerWriter writer) {
        return new LedgerWriter() {
            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                return isAway() ? new CommitOutcome.Unavailable(AWAY) : writer.commit(batch);
            }

            @Override
            public boolean isAvailable() {
                return !isAway() && writer.isAvailable();
            }
        };
    }
}
