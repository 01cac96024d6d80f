// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures one interval, slot after slot. One thread runs it, so that a cycle cannot overlap itself. Each slot from the first on
 * is measured or told to be missing; none is measured after it has ended.
 */
final class SlotLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SlotLoop.class);
    /** A clock that is set while we wait is noticed after this time. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);
    private static final Duration MOST_RETRY = Duration.ofSeconds(10);
    private static final int RETRY_PART = 10;
    /** After a defect, so that one that stays does not fill log and processor. */
    private static final Duration RECOVERY = Duration.ofSeconds(1);
    /** Without a step for so many intervals, and at least so long, the loop hangs; a slow bus alone is given more time. */
    private static final int STALLED_INTERVALS = 2;

    private static final Duration LEAST_STALL = Duration.ofMinutes(1);
    /** Of a long absence these many slots are told one by one. */
    private static final int MOST_TOLD = 100;

    private final Measuring measuring;
    private final SlotGrid grid;
    private final String member;
    private final Delivery delivery;
    private final InstantSource clock;
    private final Ticker ticker;
    private final SlotObserver observer;
    private final CountDownLatch stop;
    private final Pause pause;

    private @Nullable Instant settled;
    private Missed cause = Missed.OVERRUN;
    /** Of the cycle that runs: what nobody was told of yet. */
    private final Deque<Slot> open = new ArrayDeque<>();

    private volatile long lastStep;
    private volatile Health health;

    SlotLoop(
            Measuring measuring,
            SlotOptions options,
            Delivery delivery,
            InstantSource clock,
            Ticker ticker,
            SlotObserver observer,
            CountDownLatch stop,
            Pause pause) {
        this.measuring = measuring;
        this.grid = new SlotGrid(measuring.interval(), options.phase(measuring.interval()));
        this.member = options.member();
        this.delivery = delivery;
        this.clock = clock;
        this.ticker = ticker;
        this.observer = observer;
        this.stop = stop;
        this.pause = pause;
        this.lastStep = ticker.nanos();
        this.health = new Health.Up(name() + ": nothing was due yet");
    }

    /** @param alive whether the thread runs that should run this */
    Health health(boolean alive) {
        Duration idle = Duration.ofNanos(ticker.nanos() - lastStep);
        if (!alive) {
            return new Health.Down(name() + ": its thread has ended, nothing is measured until a restart");
        }
        return idle.compareTo(longestStep()) > 0
                ? new Health.Down(name() + ": what it does takes since " + idle.toSeconds() + " s")
                : health;
    }

    private Duration longestStep() {
        Duration most = grid.interval().multipliedBy(STALLED_INTERVALS);
        return most.compareTo(LEAST_STALL) < 0 ? LEAST_STALL : most;
    }

    private String name() {
        return "each " + grid.interval().toSeconds() + " s";
    }

    @Override
    public void run() {
        try {
            while (stop.getCount() > 0) {
                lastStep = ticker.nanos();
                try {
                    step();
                } catch (RuntimeException e) {
                    recover(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A defect costs the slot that it happened in, and not those that come. */
    private void recover(RuntimeException defect) throws InterruptedException {
        LOG.error("{}: a defect; measuring goes on", name(), defect);
        health = new Health.Degraded(name() + ": a defect, the log has it: " + defect);
        try {
            int slots = open.size();
            while (!open.isEmpty()) {
                delivery.tell(
                        SlotMeasurements.missing(open.remove(), member, Missed.FAILED.shortfall(defect.toString())));
            }
            if (slots > 0) {
                observer.missed(grid.interval(), Missed.FAILED.label(), 1);
            }
        } catch (RuntimeException e) {
            LOG.error("{}: the slot is missing, and telling so failed", name(), e);
        }
        pause.await(RECOVERY);
    }

    private void step() throws InterruptedException {
        Instant now = clock.instant();
        followClockBack(now);
        Instant start = grid.next(settled, now);
        tellMissed(start);
        Duration left = Duration.between(now, grid.due(start));
        if (left.isPositive()) {
            await(left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left);
        } else {
            cycle(start, Duration.between(start, now));
        }
    }

    /** A clock that went back far is followed: the ledger refuses what it has already. A little is waited for. */
    private void followClockBack(Instant now) {
        Instant last = settled;
        if (last != null && now.isBefore(last.minus(grid.interval()))) {
            LOG.warn("{}: the clock went back from slot {} to {}; measuring goes on from there", name(), last, now);
            settled = grid.at(now);
        }
    }

    /** Waits, and notes if time went otherwise than it should. */
    private void await(Duration time) throws InterruptedException {
        Instant before = clock.instant();
        long ticks = ticker.nanos();
        pause.await(time);
        Duration tolerance = grid.interval().dividedBy(4);
        Duration late = Duration.between(before, clock.instant()).minus(time);
        if (late.compareTo(tolerance) > 0) {
            Duration ticked = Duration.ofNanos(ticker.nanos() - ticks).minus(time);
            cause = ticked.compareTo(tolerance) > 0 ? Missed.PROCESS_PAUSED : Missed.CLOCK_LEAPT;
            LOG.warn(
                    "{}: woke {} too late: {}",
                    name(),
                    DurationText.print(Duration.ofMillis(late.toMillis())),
                    cause.label());
        }
    }

    /** Tells of the slots between the settled one and {@code next}. */
    private void tellMissed(Instant next) throws InterruptedException {
        Instant last = settled;
        if (last == null) {
            return;
        }
        long count = Duration.between(last, next).dividedBy(grid.interval()) - 1;
        if (count > 0) {
            long untold = Math.max(0, count - MOST_TOLD);
            Instant first = last.plus(grid.interval().multipliedBy(untold + 1));
            String more = untold == 0
                    ? ""
                    : plural(untold) + " before this one " + (untold == 1 ? "is" : "are") + " missing too";
            for (Instant start = first; start.isBefore(next); start = start.plus(grid.interval())) {
                miss(start, cause.shortfall(start.equals(first) ? more : ""));
                settled = start;
            }
            observer.missed(grid.interval(), cause.label(), count);
            health = new Health.Degraded(name() + ": " + plural(count) + " went by: " + cause.label());
        }
        cause = Missed.OVERRUN;
    }

    private static String plural(long slots) {
        return slots == 1 ? "1 slot" : slots + " slots";
    }

    private void miss(Instant start, Shortfall why) throws InterruptedException {
        for (Slot slot : measuring.slots(start)) {
            delivery.tell(SlotMeasurements.missing(slot, member, why));
        }
    }

    private void cycle(Instant start, Duration after) throws InterruptedException {
        long begin = ticker.nanos();
        List<SlotMeasurements> results = measure(start);
        // Settled before it is handed over: what goes wrong from here on must not measure the slot again.
        settled = start;
        if (results == null) {
            return;
        }
        List<SlotMeasurements> lost = handOver(results);
        int samples = samples(results);
        if (lost.isEmpty()) {
            health = new Health.Up(name() + ": slot " + start + " has " + samples + " samples");
            observer.measured(grid.interval(), after, Duration.ofNanos(ticker.nanos() - begin), samples);
        } else {
            health = new Health.Degraded(name() + ": of slot " + start + ", " + samples(lost) + " of " + samples
                    + " samples are lost: nobody took them");
        }
    }

    /** What was not taken of it. */
    private List<SlotMeasurements> handOver(List<SlotMeasurements> results) throws InterruptedException {
        results.forEach(result -> open.add(result.slot()));
        List<SlotMeasurements> lost = new ArrayList<>();
        for (SlotMeasurements result : results) {
            if (delivery.deliver(result)) {
                measuring.delivered(result.slot());
            } else {
                lost.add(result);
            }
            open.remove(result.slot());
        }
        return lost;
    }

    private static int samples(List<SlotMeasurements> results) {
        return results.stream().mapToInt(result -> result.samples().size()).sum();
    }

    /** Null if the slot stays without measurements, which is then told. */
    private @Nullable List<SlotMeasurements> measure(Instant start) throws InterruptedException {
        Shortfall why;
        try {
            List<SlotMeasurements> results = measureUntilLate(start);
            if (results.stream().allMatch(result -> isInSlot(start, result.measured()))) {
                return results;
            }
            why = Missed.MEASURED_LATE.shortfall("slot " + start + ", now " + clock.instant());
        } catch (UnmeasurableException e) {
            why = e.why();
        } catch (RuntimeException e) {
            LOG.error("{}: measuring slot {} failed", name(), start, e);
            why = Missed.FAILED.shortfall(e.toString());
        }
        miss(start, why);
        observer.missed(grid.interval(), why.reason(), 1);
        health = new Health.Degraded(name() + ": slot " + start + " is missing: " + why.detail());
        return null;
    }

    private boolean isInSlot(Instant start, @Nullable MeasuringTime measured) {
        return measured == null || grid.holds(start, measured.at());
    }

    /** Tries again while enough of the slot is left: a hypervisor that restarts is away for seconds. */
    private List<SlotMeasurements> measureUntilLate(Instant start) throws UnmeasurableException, InterruptedException {
        while (true) {
            try {
                return measuring.measure(start);
            } catch (UnmeasurableException e) {
                Duration wait = retryWait();
                boolean late = clock.instant().plus(wait).isAfter(grid.latest(start));
                if (late || pause.await(wait)) {
                    throw e;
                }
            }
        }
    }

    private Duration retryWait() {
        Duration part = grid.interval().dividedBy(RETRY_PART);
        if (part.compareTo(LEAST_RETRY) < 0) {
            return LEAST_RETRY;
        }
        return part.compareTo(MOST_RETRY) > 0 ? MOST_RETRY : part;
    }
}
