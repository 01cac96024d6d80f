// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.runtime.Ticker;
import java.time.Duration;

/** A ledger that is out of reach for a while: from the first commit after {@link #begin}, for a set time. Thread-safe. */
final class OutageLedger implements LedgerWriter {
    private static final long NEVER = Long.MIN_VALUE;

    private final LedgerWriter ledger;
    private final long length;
    private final Ticker ticker;
    private volatile long begun = NEVER;
    private volatile int refused;

    OutageLedger(LedgerWriter ledger, Duration length, Ticker ticker) {
        this.ledger = ledger;
        this.length = length.toNanos();
        this.ticker = ticker;
    }

    /** Takes the ledger away, once. */
    synchronized void begin() {
        if (begun == NEVER) {
            begun = ticker.nanos();
        }
    }

    boolean isOut() {
        return begun != NEVER && ticker.nanos() - begun < length;
    }

    /** How many batches were turned away. */
    int refused() {
        return refused;
    }

    @Override
    public synchronized CommitOutcome commit(LedgerBatch batch) {
        if (isOut()) {
            refused++;
            return new CommitOutcome.Unavailable("taken away by the demonstration");
        }
        return ledger.commit(batch);
    }

    @Override
    public boolean isAvailable() {
        return !isOut() && ledger.isAvailable();
    }
}
