// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.model.Shortfall;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.Missed;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what {@link Duties} decides: one thread decides, and each order is carried out on a thread of its own, whose result comes
 * back to the one that decides. Methods may be called from any thread.
 */
public final class DutyLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DutyLoop.class);
    /** A clock that is set while we wait is noticed after this time. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    /** For what is under way when it is closed; then it is broken off. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    /** Of slots that are missing; all units together. */
    private static final int MOST_UNTOLD = 20_000;
    /** What nobody takes is told again. */
    private static final Duration TELLING_AGAIN = Duration.ofSeconds(1);

    private static final Duration REMINDER = Duration.ofMinutes(10);
    /** Without a step for so long the loop hangs. */
    private static final Duration STALL = Duration.ofMinutes(1);

    private final Duties duties;
    private final DutyWork work;
    private final InstantSource clock;
    private final Ticker ticker;
    private final DutyObserver observer;
    /** Of orders that are under way, which are bounded. */
    private final BlockingQueue<Runnable> happened = new LinkedBlockingQueue<>();
    /** Told one after the other: who takes over after a long absence must not flood the ledger. */
    private final BlockingQueue<Order.Tell> untold = new LinkedBlockingQueue<>(MOST_UNTOLD);

    private final StateLog reluctance;
    private final CountDownLatch closing = new CountDownLatch(1);
    /** Carrying out orders. */
    private final Set<Thread> working = ConcurrentHashMap.newKeySet();

    private volatile long lastStep;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Thread telling;
    private volatile String owned = "owns nothing";

    public DutyLoop(DutyOptions options, DutyWork work, InstantSource clock, Ticker ticker, DutyObserver observer) {
        this.duties = new Duties(options);
        this.work = work;
        this.clock = clock;
        this.ticker = ticker;
        this.observer = observer;
        this.reluctance = new StateLog(LOG, "Missing slots", REMINDER, ticker);
        this.lastStep = ticker.nanos();
    }

    /** Begins to do what is owned. */
    public void start() {
        thread = Thread.ofVirtual().name("duties").start(this::run);
        telling = Thread.ofVirtual().name("duties-telling").start(this::tell);
    }

    /** The unit is owned from now on. */
    public void gained(WorkUnit unit, Beginning beginning) {
        happened.add(() -> duties.gained(unit, beginning, clock.instant()));
    }

    /** The unit is owned no more; what is under way is ended. */
    public void lost(WorkUnit unit) {
        happened.add(() -> duties.lost(unit));
    }

    /** Down if nothing is decided any more. */
    public Health health() {
        Thread running = thread;
        if (running != null && !running.isAlive()) {
            return new Health.Down("the thread that decides has ended; nothing is measured until a restart");
        }
        Duration idle = Duration.ofNanos(ticker.nanos() - lastStep);
        return idle.compareTo(STALL) > 0
                ? new Health.Down("nothing was decided for " + idle.toSeconds() + " s")
                : new Health.Up(owned);
    }

    private void run() {
        try {
            while (closing.getCount() > 0 || isBusy()) {
                lastStep = ticker.nanos();
                step();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        try {
            while (closing.getCount() > 0 || !untold.isEmpty()) {
                Order.Tell next = untold.poll(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
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
            if (closing.await(TELLING_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
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

    private boolean isBusy() {
        return !duties.units().isEmpty();
    }

    private void step() throws InterruptedException {
        try {
            Instant now = clock.instant();
            if (closing.getCount() == 0) {
                duties.units().forEach(duties::lost);
            } else {
                duties.due(now).forEach(this::carryOut);
            }
            owned = duties.units().size() + " units are owned or ended";
            Runnable next = happened.poll(patience(now).toMillis() + 1, TimeUnit.MILLISECONDS);
            while (next != null) {
                next.run();
                next = happened.poll();
            }
        } catch (RuntimeException e) {
            LOG.error("A defect in what decides on duties; it goes on", e);
            closing.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Duration patience(Instant now) {
        Duration left =
                duties.wake(now).map(wake -> Duration.between(now, wake)).orElse(LONGEST_WAIT);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
    }

    private void carryOut(Order order) {
        switch (order) {
            case Order.Claim claim -> begin(claim, () -> claim(claim));
            case Order.Measure measure -> begin(measure, () -> measure(measure));
            case Order.Deliver deliver -> begin(deliver, () -> deliver(deliver));
            case Order.Tell tell -> {
                observer.missed(tell.unit(), tell.slot(), tell.why().reason());
                if (!untold.offer(tell)) {
                    LOG.error(
                            "{} slots wait to be told as missing; that slot {} of {} is ({}) is told to nobody",
                            MOST_UNTOLD,
                            tell.slot().start(),
                            tell.unit().key(),
                            tell.why().detail());
                }
            }
        }
    }

    /** Something that may block, and what then is to be reported to the duties. */
    private interface Blocking {
        Consumer<Duties> run() throws InterruptedException;
    }

    private void begin(Order order, Blocking blocking) {
        Thread.ofVirtual().name("duty-" + order.unit().name()).start(() -> {
            working.add(Thread.currentThread());
            try {
                Consumer<Duties> report = blocking.run();
                happened.add(() -> report.accept(duties));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                working.remove(Thread.currentThread());
            }
        });
    }

    private Consumer<Duties> claim(Order.Claim claim) throws InterruptedException {
        ClaimResult result = claimed(claim);
        return told -> {
            if (result == ClaimResult.FENCED) {
                observer.fenced(claim.unit(), claim.tenure());
            }
            carryOut(told.claimed(claim, result));
        };
    }

    private ClaimResult claimed(Order.Claim claim) throws InterruptedException {
        try {
            return work.claim(claim.unit(), claim.slot(), claim.tenure());
        } catch (RuntimeException e) {
            LOG.error(
                    "Claiming slot {} of {} failed; it is measured all the same",
                    claim.slot().start(),
                    claim.unit().key(),
                    e);
            return ClaimResult.UNKNOWN;
        }
    }

    private Consumer<Duties> measure(Order.Measure order) throws InterruptedException {
        try {
            SlotMeasurements measurements = work.measure(order.unit(), order.slot(), order.tenure());
            return told -> carryOut(told.measured(order, measurements, clock.instant()));
        } catch (UnmeasurableException e) {
            return told -> carryOut(told.failed(order, e.why(), clock.instant()));
        } catch (RuntimeException e) {
            LOG.error(
                    "Measuring slot {} of {} failed",
                    order.slot().start(),
                    order.unit().key(),
                    e);
            Shortfall why = new Shortfall(Missed.FAILED.label(), 0, "measuring failed, which is a defect: " + e);
            return told -> carryOut(told.failed(order, why, clock.instant()));
        }
    }

    private Consumer<Duties> deliver(Order.Deliver order) throws InterruptedException {
        Handed handed = handed(order);
        return told -> {
            switch (handed) {
                case Handed.Accepted _ -> done(order.unit(), order.measurements());
                case Handed.Fenced _ -> observer.fenced(order.unit(), order.tenure());
                case Handed.Lost _ -> {} // is told
            }
            carryOut(told.delivered(order, handed));
        };
    }

    private Handed handed(Order.Deliver order) throws InterruptedException {
        try {
            return work.deliver(order.measurements());
        } catch (RuntimeException e) {
            LOG.error(
                    "Handing over slot {} of {} failed",
                    order.measurements().slot().start(),
                    order.unit().key(),
                    e);
            return new Handed.Lost(e.toString());
        }
    }

    private void done(WorkUnit unit, SlotMeasurements measurements) {
        Instant measured = measurements.measured() == null
                ? clock.instant()
                : measurements.measured().at();
        observer.done(
                unit,
                measurements.slot(),
                Duration.between(measurements.slot().start(), measured),
                measurements.samples().size());
    }

    private void carryOut(Optional<Order> order) {
        order.ifPresent(this::carryOut);
    }

    /** Begins nothing any more; what is under way is handed over first, if that takes no longer than ten seconds. */
    @Override
    public void close() {
        close(CLOSE_LIMIT);
    }

    void close(Duration limit) {
        closing.countDown();
        happened.add(() -> {});
        long end = ticker.nanos() + limit.toNanos();
        end(thread, limit);
        end(telling, Duration.ofNanos(end - ticker.nanos()));
        working.forEach(Thread::interrupt);
    }

    private static void end(@Nullable Thread running, Duration limit) {
        if (running == null) {
            return;
        }
        try {
            if (!running.join(limit)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
