// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Receiver;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of messages through the process: collect a batch, have it handled, and only when it is durable acknowledge it. If
 * the store cannot take a batch, the batch is given back, consuming stops, and the store is probed with back-off until it
 * answers again; the source keeps the messages meanwhile.
 *
 * <p>One thread runs the loop. {@link #stop} may come from any thread; the batch in hand is finished first.
 */
public final class BatchLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Receiver receiver;
    private final BatchCollector collector;
    private final BatchHandler handler;
    private final BooleanSupplier storeAvailable;
    private final Backoff backoff;
    private final Ticker ticker;
    private final BatchObserver observer;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Pause pause;

    /** Waits since the last durable batch; a store that answers probes but takes nothing is asked ever less often. */
    private int waits;

    public BatchLoop(
            Receiver receiver,
            BatchLimits limits,
            BatchHandler handler,
            BooleanSupplier storeAvailable,
            Backoff backoff,
            Ticker ticker,
            BatchObserver observer) {
        this(receiver, limits, handler, storeAvailable, backoff, ticker, observer, Pause::until);
    }

    BatchLoop(
            Receiver receiver,
            BatchLimits limits,
            BatchHandler handler,
            BooleanSupplier storeAvailable,
            Backoff backoff,
            Ticker ticker,
            BatchObserver observer,
            Function<CountDownLatch, Pause> pause) {
        this.receiver = receiver;
        this.collector = new BatchCollector(receiver, limits, ticker);
        this.handler = handler;
        this.storeAvailable = storeAvailable;
        this.backoff = backoff;
        this.ticker = ticker;
        this.observer = observer;
        this.pause = pause.apply(stop);
    }

    /** Ends after the batch in hand. */
    public void stop() {
        stop.countDown();
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Runs until {@link #stop}, interruption, or the end of the source. */
    @Override
    public void run() {
        try {
            while (!isStopped() && !receiver.isExhausted()) {
                List<Delivery> batch = collector.next(IDLE);
                if (!batch.isEmpty()) {
                    settle(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(List<Delivery> batch) throws InterruptedException {
        long begin = ticker.nanos();
        switch (handle(batch)) {
            case BatchOutcome.Done done -> {
                noteDurable();
                observer.done(done, Duration.ofNanos(ticker.nanos() - begin));
                receiver.acknowledge(batch);
            }
            case BatchOutcome.Postponed postponed -> {
                receiver.pause();
                receiver.giveBack(batch);
                awaitStore(postponed.cause());
                if (!isStopped()) {
                    receiver.resume();
                }
            }
        }
    }

    private BatchOutcome handle(List<Delivery> batch) {
        List<RawMessage> messages = new ArrayList<>(batch.size());
        for (Delivery delivery : batch) {
            messages.add(delivery.message());
        }
        try {
            return handler.handle(messages);
        } catch (RuntimeException e) {
            LOG.error(
                    "Handling a batch of {} messages of {} failed; it is given back", batch.size(), receiver.name(), e);
            return new BatchOutcome.Postponed(e.toString());
        }
    }

    /** Waits at least once, so that a store which answers probes but not commits makes no hot loop. */
    private void awaitStore(String cause) throws InterruptedException {
        long begin = ticker.nanos();
        observer.postponed(cause);
        if (waits == 0) {
            LOG.warn("Store unavailable, consuming of {} stopped, nothing is lost: {}", receiver.name(), cause);
        }
        do {
            if (pause.await(backoff.before(waits++))) {
                return;
            }
        } while (!storeAvailable.getAsBoolean());
        observer.resumed(Duration.ofNanos(ticker.nanos() - begin));
    }

    private void noteDurable() {
        if (waits > 0) {
            LOG.info("Store takes batches of {} again after {} probes", receiver.name(), waits);
            waits = 0;
        }
    }
}
