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
 * The ways to a ledger for those who must not wait for it. While it counts as away, as {@link LedgerSigns} have it, nothing is asked: each
 * question would take as long as a connection may, and slots would go by. Nor does anybody wait long for one that stops answering between two
 * looks: a question has a limit, and a commit is given up once the ledger counts as away. Thread-safe.
 */
public final class LedgerReach {
    private static final String AWAY = "the ledger did not answer when it was asked last";

    private final LedgerSigns signs;
    private final Duration limit;

    /**
     * @param patience how long it may let who looks at it wait, before it counts as away
     * @param limit how long it may let anybody else wait for the answer to a question
     * @param doubt how long it may say nothing to anybody after it was late for a question, before it counts as away
     */
    public LedgerReach(Ticker ticker, Duration patience, Duration limit, Duration doubt) {
        this.signs = new LedgerSigns(ticker, patience, doubt);
        this.limit = limit;
    }

    /** To be told by who looks at the ledger. */
    LedgerSigns signs() {
        return signs;
    }

    /** What the ledger can be asked, within the limit; empty while it does not answer. */
    Supplier<Optional<LedgerDesks>> of(Supplier<Optional<Ledger>> ledger) {
        Opening opening = new Opening(ledger);
        Supplier<LedgerDesks> desks = () -> opening.get().map(LedgerDesks::of).orElseThrow(LedgerReach::closed);
        LedgerDesks prompt = PromptDesks.of(desks, this::ask);
        return () -> signs.isAway() ? Optional.empty() : Optional.of(prompt);
    }

    private static LedgerException closed() {
        return new LedgerException(LedgerException.Kind.UNREACHABLE, "the ledger cannot be reached");
    }

    private <T extends @Nullable Object> T ask(String what, Supplier<T> question) {
        try {
            T answer = Asked.of(what, question).within(limit);
            signs.answered();
            return answer;
        } catch (Asked.LateException e) {
            if (!Thread.currentThread().isInterrupted()) {
                signs.late();
            }
            throw new LedgerException(LedgerException.Kind.UNREACHABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** The way into the ledger; unavailable while it does not answer. Large batches may take their time while it does. */
    LedgerWriter of(LedgerWriter writer) {
        return new LedgerWriter() {
            @Override
            public CommitOutcome commit(LedgerBatch batch) {
                return signs.isAway() ? new CommitOutcome.Unavailable(AWAY) : committed(writer, batch);
            }

            @Override
            public boolean isAvailable() {
                return !signs.isAway() && available(writer);
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
            CommitOutcome outcome =
                    Asked.of("commit", () -> writer.commit(batch)).unless(signs::isAway, limit);
            if (!(outcome instanceof CommitOutcome.Unavailable)) {
                signs.answered();
            }
            return outcome;
        } catch (Asked.LateException e) {
            return new CommitOutcome.Unavailable(String.valueOf(e.getMessage()));
        }
    }
}
