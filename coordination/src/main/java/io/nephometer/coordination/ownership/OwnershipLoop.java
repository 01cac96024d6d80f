// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Registration;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link Ownership} of one member: one thread beats and tells what changed, others ask the ledger for epochs. A process that takes part
 * in several works has a loop for each, with a {@link Member} of its own (the same name, another incarnation). An election is the ownership of a
 * single unit. Thread-safe.
 */
public final class OwnershipLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnershipLoop.class);
    private static final Duration REMINDER = Duration.ofMinutes(10);
    private static final Duration MOST_LEAVING = Duration.ofSeconds(10);

    private final Coordinator coordinator;
    private final Epochs epochs;
    private final Member me;
    private final OwnershipListener listener;
    private final OwnershipObserver observer;
    private final Ticker ticker;
    private final BeatSchedule schedule;
    private final StateLog beats;
    private final StateLog grants;
    private final StateLog clocks;
    private final EpochQueue queue = new EpochQueue(this::answer);
    private final Semaphore wake = new Semaphore(0);
    /** No I/O under it. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Ownership ownership;

    private volatile boolean hinted;
    private volatile boolean stopping;
    private @Nullable Thread thread;

    /**
     * Does nothing until it is started.
     *
     * @param me takes part in {@code group}, and nobody else beats for it
     * @param coordinator stays open
     */
    public OwnershipLoop(
            Coordinator coordinator,
            Epochs epochs,
            Member me,
            String group,
            OwnershipListener listener,
            OwnershipObserver observer,
            Ticker ticker) {
        this.coordinator = coordinator;
        this.epochs = epochs;
        this.me = me;
        this.listener = listener;
        this.observer = observer;
        this.ticker = ticker;
        this.schedule = new BeatSchedule(coordinator.lease());
        this.beats = new StateLog(LOG, "membership of " + me.name(), REMINDER, ticker);
        this.grants = new StateLog(LOG, "epochs for " + me.name(), REMINDER, ticker);
        this.clocks = new StateLog(LOG, "clock of " + me.name(), REMINDER, ticker);
        this.ownership = new Ownership(me, group, coordinator.lease());
    }

    /** Joins, as soon as the coordinator can be reached. */
    public void start() {
        queue.start();
        thread = Thread.ofVirtual().name("ownership").start(this::run);
    }

    /** What there is to own from now on. */
    public void work(Collection<Unit> units) {
        tell(own -> own.work(units));
        wake.release();
    }

    /** As {@link Ownership#fenced}. */
    public void fenced(String unit, long epoch) {
        tell(own -> own.fenced(unit, epoch, ticker.nanos()));
        wake.release();
    }

    /** As {@link Ownership#clock}. */
    public void clock(Duration ahead) {
        boolean before = ask(Ownership::presented).equals(me);
        tell(own -> own.clock(ahead));
        if (Standing.isOff(ahead)) {
            clocks.trouble(
                    "off",
                    "it is " + ahead.toMillis()
                            + " ms ahead of that of the ledger; owns nothing until it is right again");
        } else {
            clocks.well("right");
        }
        if (ask(Ownership::presented).equals(me) != before) {
            hint();
        }
    }

    /** As {@link Ownership#needLedger}. */
    public void needLedger() {
        tell(Ownership::needLedger);
    }

    /** As {@link Ownership#ledgerHeard}. */
    public void ledgerHeard() {
        tell(own -> own.ledgerHeard(ticker.nanos()));
    }

    /** As {@link Ownership#epoch}. */
    public OptionalLong epoch(String unit) {
        return ask(own -> own.epoch(unit, ticker.nanos()));
    }

    /** As {@link Ownership#owned}. */
    public Map<String, Long> owned() {
        return ask(own -> own.owned(ticker.nanos()));
    }

    /** As {@link Ownership#members}. */
    public Members members() {
        return ask(Ownership::members);
    }

    /** How it is. */
    public Health health() {
        Thread running = thread;
        if (running == null || !running.isAlive()) {
            return new Health.Down("does not run: owns nothing");
        }
        return ask(own -> own.health(ticker.nanos()));
    }

    private void tell(Consumer<Ownership> use) {
        lock.lock();
        try {
            use.accept(ownership);
        } finally {
            lock.unlock();
        }
    }

    private <T> T ask(Function<Ownership, T> use) {
        lock.lock();
        try {
            return use.apply(ownership);
        } finally {
            lock.unlock();
        }
    }

    private void hint() {
        hinted = true;
        wake.release();
    }

    private void run() {
        try (Registration _ = coordinator.watch(this::hint)) {
            while (!stopping) {
                step();
                await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A defect: {} leaves, and others take over what it owned", me.name(), e);
        } finally {
            queue.stop();
            leave();
        }
    }

    private void step() {
        if (hinted || ask(Ownership::wantsBeat)) {
            hinted = false;
            schedule.hint();
        }
        if (schedule.isDue(ticker.nanos())) {
            beat();
        }
        List<Ask> asks = ask(own -> own.takeAsks(ticker.nanos()));
        asks.forEach(queue::add);
        tellChanges();
    }

    private void beat() {
        long begun = ticker.nanos();
        try {
            Members members = beaten();
            schedule.succeeded(begun);
            long drops = ask(Ownership::drops);
            tell(own -> own.beaten(members, begun, ticker.nanos()));
            observer.beat(Duration.ofNanos(ticker.nanos() - begun));
            if (ask(Ownership::drops) != drops) {
                LOG.warn(
                        "{} was no member for a while (paused, cut off, or the coordinator was away): joined again",
                        me.name());
                observer.dropped();
            }
            beats.well("joined, with " + members.names());
        } catch (CoordinationException e) {
            failed(begun, e);
        }
    }

    private void failed(long begun, CoordinationException e) {
        schedule.failed(begun, ticker.nanos());
        tell(own -> own.beatFailed(String.valueOf(e.getMessage()), ticker.nanos()));
        observer.beatFailed(e.failure());
        beats.trouble(e.failure().label(), e.getMessage() + "; it is tried again");
    }

    /** A coordinator with a defect is one that did not take the beat: this member goes on as with any other that does not. */
    private Members beaten() throws CoordinationException {
        try {
            return coordinator.beat(ask(Ownership::presented));
        } catch (RuntimeException e) {
            LOG.debug("A defect of the coordinator: it did not take the beat of {}", me.name(), e);
            throw new CoordinationException(CoordinationFailure.BROKEN, "a defect of the coordinator: " + e, e);
        }
    }

    private void answer(Ask ask) throws InterruptedException {
        if (!ask(own -> own.isOpen(ask))) {
            return;
        }
        try {
            long epoch = epochs.take(ask.unit(), me.name());
            tell(own -> own.granted(ask, epoch, ticker.nanos()));
            grants.well("given again");
        } catch (EpochException e) {
            refused(ask, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("A defect of the ledger: it gives no epoch of {}", ask.unit(), e);
            refused(ask, e.toString());
        }
        wake.release();
    }

    private void refused(Ask ask, String why) {
        tell(own -> own.notGranted(ask, ticker.nanos()));
        observer.notGranted();
        grants.trouble("not given", why + "; they are asked for again");
    }

    private void tellChanges() {
        for (OwnershipChange change : ask(Ownership::takeChanges)) {
            switch (change) {
                case OwnershipChange.Gained _ -> observer.gained();
                case OwnershipChange.Lost lost -> observer.lost(lost.why());
            }
            listener.changed(change);
        }
    }

    private void await() throws InterruptedException {
        long now = ticker.nanos();
        long wait = Math.min(schedule.next() - now, ask(own -> own.wakeAt(now)) - now);
        if (wait > 0 && wake.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
            wake.drainPermits();
        }
    }

    private void leave() {
        try {
            tell(Ownership::leave);
            tellChanges();
        } catch (RuntimeException e) {
            LOG.error("A defect while {} leaves", me.name(), e);
        }
        leaveCoordinator();
    }

    private Duration leaveLimit() {
        Duration lease = coordinator.lease();
        return lease.compareTo(MOST_LEAVING) > 0 ? MOST_LEAVING : lease;
    }

    private void leaveCoordinator() {
        try {
            coordinator.leave(me);
        } catch (CoordinationException e) {
            LOG.warn("{} cannot leave, others wait until its lease ends: {}", me.name(), e.getMessage());
        }
    }

    /**
     * Gives all up and gains nothing any more, but stays a member until it is closed, as {@link Ownership#leave}. Returns at once: others, and
     * the listener, are told soon.
     */
    public void giveUp() {
        tell(Ownership::leave);
        wake.release();
    }

    /** Gives all up, tells the listener, and leaves; within the lease, and ten seconds at most. Legal before start, and twice. */
    @Override
    public void close() {
        stopping = true;
        wake.release();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            if (!running.join(leaveLimit())) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
