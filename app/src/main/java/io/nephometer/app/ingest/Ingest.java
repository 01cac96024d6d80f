// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.ingest;

import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Receiver;
import io.nephometer.pipeline.batch.Backoff;
import io.nephometer.pipeline.batch.BatchLimits;
import io.nephometer.pipeline.batch.BatchLoop;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.BatchOutcome;
import io.nephometer.pipeline.batch.IsolatingCommitter;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.pipeline.batch.ProcessingHandler;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Takes everything that a receiver has into a ledger, and ends with it, or with a store that stays away. Used by one thread. */
public final class Ingest {
    /** A store that takes nothing for this long ends the command; a collector would wait for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Receiver receiver;
    private final BatchLoop loop;
    /** The newest reason why a batch was not taken; the store may have come back since. */
    private String lastCause = "the run was stopped";

    /** @param observer told of each batch */
    public Ingest(
            Receiver receiver,
            BatchLimits limits,
            MessageProcessor processor,
            LedgerWriter ledger,
            Ticker ticker,
            BatchObserver observer) {
        this.receiver = receiver;
        AtomicLong lastDone = new AtomicLong(ticker.nanos());
        BatchObserver watching = new BatchObserver() {
            @Override
            public void done(BatchOutcome.Done outcome, Duration took) {
                lastDone.set(ticker.nanos());
                observer.done(outcome, took);
            }

            @Override
            public void postponed(String cause) {
                lastCause = cause;
                observer.postponed(cause);
            }

            @Override
            public void resumed(Duration stopped) {
                observer.resumed(stopped);
            }
        };
        this.loop = new BatchLoop(
                receiver,
                limits,
                new ProcessingHandler(processor, new IsolatingCommitter(receiver.name(), ledger)),
                () -> available(ledger, ticker, lastDone),
                Backoff.defaults(),
                ticker,
                watching);
    }

    private boolean available(LedgerWriter ledger, Ticker ticker, AtomicLong lastDone) {
        if (ticker.nanos() - lastDone.get() > PATIENCE.toNanos()) {
            loop.stop();
        }
        return ledger.isAvailable();
    }

    /**
     * Runs to the end.
     *
     * @return why the store took no more; empty only if the receiver has nothing left
     */
    public Optional<String> run() {
        loop.run();
        return receiver.isExhausted() ? Optional.empty() : Optional.of(lastCause);
    }
}
