// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the ledger answered when somebody looked last, and does not let the one who looks now wait. While it does not, nothing else waits for
 * it: each question would take as long as a connection may, and slots would go by. Nor does anybody wait long for one that stops answering
 * between two looks: a question that is late makes it count as away, and a commit is given up once it does. Thread-safe.
 */
public final class LedgerReach {
    private static final String AWAY = "the ledger did not answer when it was looked at last";

    private final Ticker ticker;
    private final long patience;
    private final Duration limit;
    private volatile boolean away;
    /** Since when somebody waits for it; null if nobody does. */
    private volatile @Nullable Long asked;

    /**
     * @param patience how long it may let who looks at it wait, before it counts as away
     * @param limit how long it may let anybody else wait for the answer to a question
     */
    public LedgerReach(Ticker ticker, Duration patience, Duration limit) {
        this.ticker = ticker;
        this.patience = patience.toNanos();
        this.limit = limit;
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

    /** What the ledger can be asked, within the limit; empty while it does not answer. */
    Supplier<Optional<LedgerDesks>> of(Supplier<Optional<Ledger>> ledger) {
        Opening opening = new Opening(ledger);
        Supplier<LedgerDesks> desks = () -> opening.get().map(LedgerDesks::of).orElseThrow(LedgerReach::closed);
        LedgerDesks prompt = PromptDesks.of(desks, this::ask);
        return () -> isAway() ? Optional.empty() : Optional.of(prompt);
    }

    private static LedgerException closed() {
        return new LedgerException(LedgerException.Kind.UNREACHABLE, "the ledger cannot be reached");
    }

    private <T extends @Nullable Object> T ask(String what, Supplier<T> question) {
        try {
            return Asked.of(what, question).within(limit);
        } catch (Asked.LateException e) {
            away = true; // until the next look: what else is asked would wait as long
            throw new LedgerException(LedgerException.Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The way into the ledger; unavailable while it does not answer. Large batches may take their time while it does. */
    LedgerWriter of(LedgerWriter writer) {
        return new LedgerWriter() {
            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                return isAway() ? new CommitOutcome.Unavailable(AWAY) : committed(writer, batch);
            }

            @Override
            public boolean isAvailable() {
                return !isAway() && available(writer);
            }
        };
    }

    private boolean available(LedgerWriter writer) {
        try {
            return ask("available", writer::isAvailable);
        } catch (LedgerException e) {
            return false;
        }
    }

    private CommitOutcome committed(LedgerWriter writer, LedgerBatch batch) {
        try {
            return Asked.of("commit", () -> writer.commit(batch)).unless(this::isAway, limit);
        } catch (Asked.LateException e) {
            return new CommitOutcome.Unavailable(String.valueOf(e.getMessage()));
        }
    }
}
