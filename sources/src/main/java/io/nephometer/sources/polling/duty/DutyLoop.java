// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.model.Shortfall;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.Missed;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
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
    /** Without a step for so long the loop hangs. */
    private static final Duration STALL = Duration.ofMinutes(1);

    private final Duties duties;
    private final DutyWork work;
    private final InstantSource clock;
    private final Ticker ticker;
    private final DutyObserver observer;
    /** Of orders that are under way, which are bounded. */
    private final BlockingQueue<Runnable> happened = new LinkedBlockingQueue<>();

    private final SlotTelling telling;
    private final CountDownLatch closing = new CountDownLatch(1);
    /** Threads that carry out orders. */
    private final Map<Thread, Order> working = new ConcurrentHashMap<>();

    private volatile long lastStep;
    private volatile @Nullable Thread thread;
    private volatile String owned = "owns nothing";

    public DutyLoop(DutyOptions options, DutyWork work, InstantSource clock, Ticker ticker, DutyObserver observer) {
        this.duties = new Duties(options);
        this.work = work;
        this.clock = clock;
        this.ticker = ticker;
        this.observer = observer;
        this.telling = new SlotTelling(work, ticker);
        this.lastStep = ticker.nanos();
    }

    /** Begins to do what is owned. */
    public void start() {
        thread = Thread.ofVirtual().name("duties").start(this::run);
        telling.start();
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
        if (telling.isBroken()) {
            return new Health.Down(
                    "the thread that tells what is missing has ended; that is told to nobody until a restart");
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
                breakOff(now);
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

    /** What is measured after its slot has ended counts for nothing, and keeps the unit from the next one. */
    private void breakOff(Instant now) {
        working.forEach((worker, order) -> {
            if (order instanceof Order.Measure measure
                    && !now.isBefore(measure.slot().end())) {
                worker.interrupt();
            }
        });
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
                telling.add(tell);
            }
        }
    }

    /** Something that may block, and what then is to be reported to the duties. */
    private interface Blocking {
        Consumer<Duties> run() throws InterruptedException;
    }

    private void begin(Order order, Blocking blocking) {
        Thread.ofVirtual().name("duty-" + order.unit().name()).start(() -> {
            working.put(Thread.currentThread(), order);
            Consumer<Duties> report = told -> carryOut(endedEarly(told, order));
            try {
                report = blocking.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                // Whatever became of it, an error too: a unit of which nothing is reported would never be measured
                // again.
                Consumer<Duties> last = report;
                working.remove(Thread.currentThread());
                happened.add(() -> last.accept(duties));
            }
        });
    }

    /** Broken off, or ended by an error. */
    private Optional<Order> endedEarly(Duties told, Order order) {
        return switch (order) {
            case Order.Claim claim -> told.claimed(claim, ClaimResult.UNKNOWN);
            case Order.Measure measure -> told.failed(measure, early(measure), clock.instant());
            case Order.Deliver deliver -> told.delivered(deliver, new Handed.Lost("handing it over was broken off"));
            case Order.Tell _ -> Optional.empty();
        };
    }

    private Shortfall early(Order.Measure measure) {
        return clock.instant().isBefore(measure.slot().end())
                ? new Shortfall(Missed.FAILED.label(), 0, "measuring was ended by an error, which is a defect")
                : new Shortfall(Missed.MEASURED_LATE.label(), 0, "it was still being measured when the slot ended");
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
        telling.close(Duration.ofNanos(end - ticker.nanos()));
        working.keySet().forEach(Thread::interrupt);
    }

    static void end(@Nullable Thread running, Duration limit) {
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
