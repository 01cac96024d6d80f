// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.duty.LedgerClock;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the ledger's clock every so often, and whenever it is doubted that it answers: so it is known what time the slots have, how wrong this machine's clock is, and
 * whether the ledger answers this member at all.
 */
final class LedgerLook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerLook.class);

    private final Opening ledger;
    private final LedgerClock clock;
    private final Ticker ticker;
    private final Duration every;
    private final LedgerSigns signs;
    private final Consumer<Duration> answered;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean stopping;
    private @Nullable Thread thread;
    /** Of the thread that looks. */
    private @Nullable Asked<Boolean> last;

    /**
     * Looks at nothing yet.
     *
     * @param reach told of each look
     * @param answered told how much this machine's clock is ahead, each time that the ledger has answered
     */
    LedgerLook(
            Supplier<Optional<Ledger>> ledger,
            LedgerClock clock,
            Ticker ticker,
            Duration every,
            LedgerReach reach,
            Consumer<Duration> answered) {
        this.ledger = new Opening(ledger);
        this.clock = clock;
        this.ticker = ticker;
        this.every = every;
        this.signs = reach.signs();
        this.answered = answered;
    }

    void start() {
        signs.onDoubt(wake::release);
        thread = Thread.ofVirtual().name("ledger-look").start(this::run);
    }

    private void run() {
        try {
            while (!stopping) {
                wake.drainPermits(); // whoever doubted before this look is answered by it
                look();
                boolean _ = wake.tryAcquire(every.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (isTold()) {
                answered.accept(clock.ahead());
            }
        } catch (LedgerException | Asked.LateException e) {
            LOG.debug("The ledger does not tell its time: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("A defect in looking at the ledger's clock; it goes on", e);
        }
    }

    /** Whether the ledger told its time. However asking ends, nobody waits for this look any more. */
    private boolean isTold() throws Asked.LateException {
        boolean told = false;
        signs.lookBegins();
        try {
            told = isAsked();
            return told;
        } finally {
            signs.lookEnds(told);
        }
    }

    private boolean isAsked() throws Asked.LateException {
        Asked<Boolean> before = last;
        if (before != null && before.isRunning()) {
            return false; // no more threads gather where one hangs
        }
        Asked<Boolean> now = Asked.of("look", this::ask);
        last = now;
        return now.within(every);
    }

    private boolean ask() {
        Optional<Ledger> open = ledger.get();
        if (open.isPresent()) {
            long asked = ticker.nanos();
            Instant time = open.get().epochs().now();
            clock.told(time, asked, ticker.nanos());
        }
        return open.isPresent();
    }

    @Override
    public void close() {
        stopping = true;
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
