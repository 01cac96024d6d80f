// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Delivery;
import io.nephometer.model.Receiver;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits one batch at a time on a thread of its own, in the order in which they come. What has become durable is acknowledged;
 * if the store did not take a batch, it and what follows it is given back, consuming stops, and the store is awaited. All methods
 * are for the thread of the loop, which alone talks to the receiver.
 */
final class CommitLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommitLane.class);

    private final Receiver receiver;
    private final StoreWait storeWait;
    private final Ticker ticker;
    private final BatchObserver observer;
    private final ExecutorService thread;

    private @Nullable InFlight inFlight;

    CommitLane(Receiver receiver, StoreWait storeWait, Ticker ticker, BatchObserver observer, ExecutorService thread) {
        this.receiver = receiver;
        this.storeWait = storeWait;
        this.ticker = ticker;
        this.observer = observer;
        this.thread = thread;
    }

    /** One thread, named after the one that first hands a batch over. SQLite's driver would pin a virtual thread's carrier. */
    static ExecutorService ownThread() {
        return Executors.newSingleThreadExecutor(task -> Thread.ofPlatform()
                .name(Thread.currentThread().getName() + "-commit")
                .unstarted(task));
    }

    private record Result(BatchOutcome outcome, Duration took) {}

    private record InFlight(List<Delivery> batch, FutureTask<Result> commit) {}

    /** Whether there is no batch that is not settled. */
    boolean isFree() {
        return inFlight == null;
    }

    /** The size of the bodies in flight. */
    long bytes() {
        return inFlight == null
                ? 0
                : inFlight.batch().stream()
                        .mapToLong(delivery -> delivery.message().body().size())
                        .sum();
    }

    /**
     * Hands a batch over; the lane must be free.
     *
     * @param begin when the work on it began, by the ticker
     */
    void begin(List<Delivery> batch, BatchHandler.Prepared prepared, long begin) {
        Callable<Result> commit = () -> new Result(outcome(prepared), Duration.ofNanos(ticker.nanos() - begin));
        inFlight = new InFlight(batch, new FutureTask<>(commit));
        thread.execute(inFlight.commit());
    }

    private BatchOutcome outcome(BatchHandler.Prepared prepared) {
        try {
            return prepared.commit();
        } catch (RuntimeException e) {
            LOG.error("Handling a batch of messages of {} failed; it is given back", receiver.name(), e);
            return new BatchOutcome.Postponed(e.toString());
        }
    }

    /** How long to wait for messages before looking here again. Settles the batch in flight if it is durable. */
    Patience patience() throws InterruptedException {
        if (inFlight != null && !inFlight.commit().isDone()) {
            return Patience.BRIEF;
        }
        if (inFlight != null && result(inFlight).outcome() instanceof BatchOutcome.Postponed) {
            return Patience.NONE;
        }
        settle(List.of());
        return Patience.ENDLESS;
    }

    /**
     * Waits until nothing is in flight. If the store did not take it, gives it back and {@code following} behind it, and returns
     * when the store answers again.
     *
     * @return whether {@code following} is still in hand
     */
    boolean settle(List<Delivery> following) throws InterruptedException {
        InFlight settled = inFlight;
        if (settled == null) {
            return true;
        }
        Result result = result(settled);
        inFlight = null;
        return switch (result.outcome()) {
            case BatchOutcome.Done done -> {
                storeWait.end();
                observer.done(done, result.took());
                receiver.acknowledge(settled.batch());
                yield true;
            }
            case BatchOutcome.Postponed postponed -> {
                List<Delivery> inHand = new ArrayList<>(settled.batch());
                inHand.addAll(following);
                receiver.pause();
                receiver.giveBack(inHand);
                if (storeWait.await(postponed.cause())) {
                    receiver.resume();
                }
                yield false;
            }
        };
    }

    /** An error that ended the commit ends the loop. */
    private static Result result(InFlight inFlight) throws InterruptedException {
        try {
            return inFlight.commit().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a commit must answer, not throw", e);
        }
    }

    /** Waits for the commit that goes on; interrupts it if the caller is interrupted. What is not settled stays so. */
    @Override
    public void close() {
        thread.close();
    }
}
