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
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The way of messages through the process: collect a batch, prepare it, have it committed, and only when it is durable
 * acknowledge it. While a batch is being committed, the next one is collected and prepared; there are never more than these two,
 * and they are committed in the order in which they were received. If the store cannot take a batch, all that is in hand is given
 * back, consuming stops, and the store is probed with back-off until it answers again; the source keeps the messages meanwhile.
 *
 * <p>One thread runs the loop and talks to the receiver; commits have a thread of their own, which ends with the loop.
 * {@link #stop} may come from any thread; what is in hand is finished first.
 */
public final class BatchLoop implements Runnable {
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final Receiver receiver;
    private final BatchLimits limits;
    private final BatchCollector collector;
    private final BatchHandler handler;
    private final Ticker ticker;
    private final CommitLane lane;
    private final CountDownLatch stop = new CountDownLatch(1);

    public BatchLoop(
            Receiver receiver,
            BatchLimits limits,
            BatchHandler handler,
            BooleanSupplier storeAvailable,
            Backoff backoff,
            Ticker ticker,
            BatchObserver observer) {
        this(
                receiver,
                limits,
                handler,
                storeAvailable,
                backoff,
                ticker,
                observer,
                Pause::until,
                CommitLane.ownThread());
    }

    BatchLoop(
            Receiver receiver,
            BatchLimits limits,
            BatchHandler handler,
            BooleanSupplier storeAvailable,
            Backoff backoff,
            Ticker ticker,
            BatchObserver observer,
            Function<CountDownLatch, Pause> pause,
            ExecutorService commits) {
        StoreWait storeWait =
                new StoreWait(receiver.name(), storeAvailable, backoff, pause.apply(stop), ticker, observer);
        this.receiver = receiver;
        this.limits = limits;
        this.handler = handler;
        this.ticker = ticker;
        this.lane = new CommitLane(receiver, storeWait, ticker, observer, commits);
        this.collector = new BatchCollector(receiver, limits, ticker, lane::patience);
    }

    /** Ends after what is in hand. */
    public void stop() {
        stop.countDown();
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    /** Runs until {@link #stop}, interruption, or the end of the source. */
    @Override
    public void run() {
        try (lane) {
            runOn();
        }
    }

    private void runOn() {
        try {
            while (!isStopped() && !(receiver.isExhausted() && lane.isFree())) {
                List<Delivery> batch = receiver.isExhausted() ? List.of() : collect();
                boolean inHand = !mustSettleBefore(batch) || lane.settle(batch);
                if (inHand && !batch.isEmpty()) {
                    handle(batch);
                }
            }
            lane.settle(List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the source throws is thrown on, but not before the batch in flight is settled. */
    private List<Delivery> collect() throws InterruptedException {
        try {
            return collector.next(IDLE);
        } catch (RuntimeException e) {
            lane.settle(List.of());
            throw e;
        }
    }

    /** Two batches in hand must not take more memory than one may. */
    private boolean mustSettleBefore(List<Delivery> batch) throws InterruptedException {
        return batch.isEmpty() || lane.patience() == Patience.NONE || lane.bytes() + bytes(batch) > limits.maxBytes();
    }

    private static long bytes(List<Delivery> batch) {
        return batch.stream().mapToLong(it -> it.message().body().size()).sum();
    }

    private void handle(List<Delivery> batch) throws InterruptedException {
        long begin = ticker.nanos();
        BatchHandler.Prepared prepared = prepare(batch);
        if (lane.settle(batch)) {
            lane.begin(batch, prepared, begin);
        }
    }

    /** A defect shows where the batch would be committed. */
    private BatchHandler.Prepared prepare(List<Delivery> batch) {
        List<RawMessage> messages = new ArrayList<>(batch.size());
        for (Delivery delivery : batch) {
            messages.add(delivery.message());
        }
        try {
            return handler.prepare(messages);
        } catch (RuntimeException e) {
            return () -> {
                throw e;
            };
        }
    }
}
