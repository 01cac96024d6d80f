// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.runtime.Health;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A loop with a clock that moves only when it waits or measures, and what came out of it. One thread, no real time. */
final class Stage implements Measuring, MeasurementSink, SlotObserver {
    static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Meter METER = new Meter("m", MeterType.GAUGE, "");

    static final Runnable DEFECT = () -> {
        throw new IllegalStateException("a defect");
    };

    /** What happens while something is measured. */
    @FunctionalInterface
    interface Action {
        /** The moment at which the counters were read. */
        Instant measure() throws UnmeasurableException;
    }

    /** In turn; then measuring takes a second. */
    final Deque<Action> measuring = new ArrayDeque<>();
    /** In turn; then all is accepted. */
    final Deque<SinkOutcome> outcomes = new ArrayDeque<>();
    /** Runs when a whole slot was taken. */
    Runnable onMeasured = () -> {};
    /** Runs before the sink answers. */
    Runnable onAccept = () -> {};
    /** Runs before each wait, with the wait. */
    Runnable beforeWait = () -> {};

    final List<SlotMeasurements> taken = new ArrayList<>();
    final List<Slot> delivered = new ArrayList<>();
    final List<Instant> attempts = new ArrayList<>();
    final List<Duration> afters = new ArrayList<>();
    final List<String> missed = new ArrayList<>();
    final List<String> lost = new ArrayList<>();
    Instant now;
    long ticks;

    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);
    private Predicate<Stage> end = stage -> true;
    private @Nullable SlotLoop loop;

    Stage(Duration interval, Instant start) {
        this.interval = interval;
        this.now = start;
    }

    static Stage at(String time) {
        return new Stage(MINUTE, Instant.parse("2026-11-22T" + time + "Z"));
    }

    Stage runUntil(String time) {
        Instant last = Instant.parse("2026-11-22T" + time + "Z");
        return runUntil(new SlotOptions("cmp1", 0), stage -> !stage.now.isBefore(last));
    }

    /** Runs until a wait after which the condition holds. */
    Stage runUntil(SlotOptions options, Predicate<Stage> condition) {
        end = condition;
        Delivery delivery = new Delivery(this, () -> now, this, this::pause);
        loop = new SlotLoop(this, options, delivery, () -> now, () -> ticks, this, stop, this::pause);
        loop.run();
        return this;
    }

    /** Of the loop that ran or runs. */
    Health health(boolean alive) {
        return Objects.requireNonNull(loop).health(alive);
    }

    /** Does it once. */
    static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (!done.getAndSet(true)) {
                action.run();
            }
        };
    }

    private boolean pause(Duration time) {
        beforeWait.run();
        pass(time);
        if (end.test(this)) {
            stop.countDown();
        }
        return stop.getCount() == 0;
    }

    void pass(Duration time) {
        now = now.plus(time);
        ticks += time.toNanos();
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public List<Slot> slots(Instant start) {
        return List.of(new Slot("s", interval, start));
    }

    @Override
    public List<SlotMeasurements> measure(Instant start) throws UnmeasurableException {
        attempts.add(now);
        Action action = measuring.poll();
        Instant measured = now;
        if (action == null) {
            pass(Duration.ofSeconds(1));
        } else {
            measured = action.measure();
        }
        Slot slot = slots(start).getFirst();
        Sample sample = new Sample(
                new Sample.Origin.Polled(slot.sampleId(METER, "r")), METER, 1L, "r", null, null, start, Map.of());
        return List.of(new SlotMeasurements(
                slot, "cmp1", new MeasuringTime(measured, ticks), null, List.of(sample), List.of()));
    }

    @Override
    public void delivered(Slot slot) {
        delivered.add(slot);
    }

    /** Measures at once, and then takes that long. */
    Action taking(Duration time) {
        return () -> {
            Instant measured = now;
            pass(time);
            return measured;
        };
    }

    /** The hypervisor answers that late. */
    Action answeringAfter(Duration time) {
        return () -> {
            pass(time);
            return now;
        };
    }

    static Action failing() {
        return () -> {
            throw new UnmeasurableException(new Shortfall("hypervisor_timeout", 0, "no answer"), new Exception());
        };
    }

    @Override
    public SinkOutcome accept(SlotMeasurements measurements) {
        onAccept.run();
        SinkOutcome outcome = outcomes.isEmpty() ? new SinkOutcome.Accepted() : outcomes.remove();
        if (outcome instanceof SinkOutcome.Accepted) {
            taken.add(measurements);
        }
        return outcome;
    }

    /** Each slot in the order of arrival: its minute, and why it is missing if it is. */
    List<String> told() {
        return taken.stream().map(Stage::text).toList();
    }

    private static String text(SlotMeasurements slot) {
        String start = slot.slot().start().toString().substring(11, 19);
        return slot.isMissing() ? start + " " + slot.shortfalls().getFirst().reason() : start;
    }

    @Override
    public void measured(Duration each, Duration after, Duration took, int samples) {
        afters.add(after);
        onMeasured.run();
    }

    @Override
    public void missed(Duration each, String reason, long slots) {
        missed.add(reason + " " + slots);
    }

    @Override
    public void lost(Duration each, int samples, String reason) {
        lost.add(reason + " " + samples);
    }
}
