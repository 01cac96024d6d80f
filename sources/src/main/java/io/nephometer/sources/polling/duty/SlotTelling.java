// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of slots that are missing, one after the other: who takes over after a long absence must not flood the ledger. What nobody takes is told
 * again. Thread-safe.
 */
final class SlotTelling {
    private static final Logger LOG = LoggerFactory.getLogger(SlotTelling.class);
    /** All units together. */
    private static final int MOST_UNTOLD = 20_000;

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration REMINDER = Duration.ofMinutes(10);

    private final DutyWork work;
    private final BlockingQueue<Order.Tell> untold = new LinkedBlockingQueue<>(MOST_UNTOLD);
    private final StateLog reluctance;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    SlotTelling(DutyWork work, Ticker ticker) {
        this.work = work;
        this.reluctance = new StateLog(LOG, "Missing slots", REMINDER, ticker);
    }

    void start() {
        thread = Thread.ofVirtual().name("duties-telling").start(this::run);
    }

    /** To be told soon; returns at once. */
    void add(Order.Tell tell) {
        if (!untold.offer(tell)) {
            LOG.error(
                    "{} slots wait to be told as missing; that slot {} of {} is ({}) is told to nobody",
                    MOST_UNTOLD,
                    tell.slot().start(),
                    tell.unit().key(),
                    tell.why().detail());
        }
    }

    /** Whether it has ended though nobody closed it. */
    boolean isBroken() {
        Thread running = thread;
        return running != null && !running.isAlive() && closing.getCount() > 0;
    }

    private void run() {
        try {
            while (closing.getCount() > 0 || !untold.isEmpty()) {
                Order.Tell next = untold.poll(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    tell(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Until it is taken: it is in memory alone, and who is asked about the slot later knows nothing of it. */
    private void tell(Order.Tell tell) throws InterruptedException {
        while (!isTold(tell)) {
            reluctance.trouble(
                    "not taken",
                    "slot " + tell.slot().start() + " of " + tell.unit().key() + " is missing ("
                            + tell.why().detail() + "), and it and those that follow can be told to nobody yet");
            if (closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return; // who owns the unit next finds the slot, if others of it are known
            }
        }
        reluctance.well("what is missing can be told");
    }

    private boolean isTold(Order.Tell tell) throws InterruptedException {
        try {
            return work.tell(tell.unit(), tell.slot(), tell.why());
        } catch (RuntimeException e) {
            LOG.error(
                    "Telling that slot {} of {} is missing failed",
                    tell.slot().start(),
                    tell.unit().key(),
                    e);
            return true; // again, it would fail again, and others wait
        }
    }

    /** Tells each that is left once more, if that takes no longer. */
    void close(Duration limit) {
        closing.countDown();
        DutyLoop.end(thread, limit);
    }
}
