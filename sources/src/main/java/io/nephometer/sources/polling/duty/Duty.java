// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One unit under one tenure: which slot is settled, which one is worked on, and how far. Each slot from the beginning on is
 * measured or told to be missing; none is measured after it has ended.
 */
final class Duty {
    /** Of a long absence these many slots are told one by one. */
    private static final int MOST_TOLD = 100;

    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);
    private static final Duration MOST_RETRY = Duration.ofSeconds(10);
    private static final int RETRY_PART = 10;

    private final WorkUnit unit;
    private final Duration phase;
    private final DutyOptions options;
    private final Tenure tenure;

    /** The last slot that is over and done with; null before the first. */
    private @Nullable Slot settled;
    /** What is worked on; null while waiting. */
    private @Nullable Slot working;
    /** Nothing is begun before. */
    private Instant notBefore;
    /** Why slots went by, should any turn out to have. */
    private Shortfall absence;
    /** Why the slot that runs has no measurement yet. */
    private @Nullable Shortfall trouble;

    /** Slots before the beginning that nobody has told of yet. */
    private List<Slot> holes;

    private boolean ending;

    Duty(WorkUnit unit, Duration phase, DutyOptions options, Beginning beginning, Instant now) {
        this.unit = unit;
        this.phase = phase;
        this.options = options;
        this.tenure = beginning.tenure();
        Slot newest = beginning.newest();
        // What there is of a slot that still runs may be too little; the claim tells.
        this.settled = newest == null || newest.contains(now) ? before(newest) : newest;
        this.holes = beginning.holes();
        this.notBefore = beginning.handedOver() ? now.plus(patience()) : now;
        this.absence = new Shortfall("no_owner", 0, absence(beginning, now));
    }

    private static @Nullable Slot before(@Nullable Slot slot) {
        return slot == null
                ? null
                : new Slot(slot.source(), slot.interval(), slot.start().minus(slot.interval()));
    }

    /** No more than a tenth of the interval: short slots must not be used up by waiting. */
    private Duration patience() {
        Duration part = unit.interval().dividedBy(RETRY_PART);
        return part.compareTo(options.patience()) < 0 ? part : options.patience();
    }

    private String absence(Beginning beginning, Instant now) {
        String begun = tenure.owner() + " owns it since " + now;
        Tenure before = beginning.before();
        if (before == null) {
            return "nobody owned it; " + begun;
        }
        return before.owner() + ", who owned it before and was last heard of at "
                + (beginning.lastSign() == null ? "an unknown time" : beginning.lastSign())
                + ", did not deliver it; " + begun;
    }

    Tenure tenure() {
        return tenure;
    }

    boolean isWorking() {
        return working != null;
    }

    /** Whether nothing more is to come of it. */
    boolean isOver() {
        return ending && working == null;
    }

    /** No slot is begun any more; the one that is worked on is ended. */
    void end() {
        ending = true;
    }

    /** Whether {@code slot} is what it works on. */
    boolean isAt(Slot slot) {
        return slot.equals(working);
    }

    /** When there is something to do next, if nothing happens before. */
    Instant due(Instant now) {
        Slot running = unit.slotAt(now);
        Slot last = settled;
        boolean open = last == null || last.start().isBefore(running.start());
        if (open && !isTooLate(running, now)) {
            Instant due = running.start().plus(phase);
            return due.isAfter(notBefore) ? due : notBefore;
        }
        Slot next = open || last == null || last.equals(running) ? running.next() : last.next();
        return next.start().plus(phase);
    }

    private boolean isTooLate(Slot slot, Instant now) {
        return now.plus(options.leastLeft()).isAfter(slot.end());
    }

    /** Tells of slots that went by. */
    List<Order> missed(Instant now) {
        List<Order> told = new ArrayList<>();
        for (Slot hole : holes) {
            if (!hole.end().isAfter(now)) {
                told.add(new Order.Tell(unit, hole, absence));
            }
        }
        holes = List.of();
        tellSinceSettled(told, now);
        return told;
    }

    private void tellSinceSettled(List<Order> told, Instant now) {
        Slot running = unit.slotAt(now);
        Slot last = settled;
        if (last == null) {
            settled = before(running);
            return;
        }
        if (last.start().isAfter(running.end())) {
            // The clock was set back. What the ledger has, a claim tells.
            settled = before(running);
            notBefore = now;
            return;
        }
        long count = Duration.between(last.start(), running.start()).dividedBy(unit.interval()) - 1;
        long untold = Math.max(0, count - MOST_TOLD);
        Slot slot = last;
        for (long i = 1; i <= count; i++) {
            slot = slot.next();
            if (i > untold) {
                told.add(new Order.Tell(unit, slot, i == untold + 1 ? andBefore(untold) : why()));
            }
        }
        if (count > 0) {
            settle(slot);
        }
    }

    private Shortfall andBefore(long untold) {
        Shortfall why = why();
        return untold == 0
                ? why
                : new Shortfall(
                        why.reason(), why.count(), why.detail() + "; so are " + untold + " slots before this one");
    }

    private Shortfall why() {
        return trouble == null ? absence : trouble;
    }

    /** Begins the slot that runs, if there is enough left of it and it is time; null if not. */
    Order.@Nullable Claim begin(Instant now) {
        Slot running = unit.slotAt(now);
        Slot last = settled;
        boolean open = last == null || last.start().isBefore(running.start());
        if (ending || isWorking() || !open || isTooLate(running, now) || now.isBefore(due(now))) {
            return null;
        }
        working = running;
        return new Order.Claim(unit, running, tenure);
    }

    /** What comes of a claim; null if nothing has to be done. */
    @Nullable Order claimed(Slot slot, ClaimResult result) {
        return switch (result) {
            case GRANTED, UNKNOWN -> new Order.Measure(unit, slot, tenure);
            case DONE -> {
                settle(slot);
                yield null;
            }
            case FENCED -> {
                working = null;
                ending = true;
                yield null;
            }
        };
    }

    Order measured(SlotMeasurements measurements, Instant now) {
        Slot slot = measurements.slot();
        boolean inSlot = measurements.measured() == null
                || slot.contains(measurements.measured().at());
        if (inSlot && slot.contains(now)) {
            return new Order.Deliver(unit, measurements, tenure);
        }
        settle(slot);
        return new Order.Tell(
                unit, slot, new Shortfall(Missed.MEASURED_LATE.label(), 0, "it was measured until " + now));
    }

    /** Nothing could be measured: tried again while there is enough left of the slot; else told. */
    @Nullable Order failed(Slot slot, Shortfall why, Instant now) {
        working = null;
        Instant again = now.plus(retryWait());
        if (!ending && !isTooLate(slot, again)) {
            notBefore = again;
            trouble = why;
            return null;
        }
        if (ending) {
            return null; // whoever owns it now measures it, or tells
        }
        settle(slot);
        return new Order.Tell(unit, slot, why);
    }

    private Duration retryWait() {
        Duration part = unit.interval().dividedBy(RETRY_PART);
        if (part.compareTo(LEAST_RETRY) < 0) {
            return LEAST_RETRY;
        }
        return part.compareTo(MOST_RETRY) > 0 ? MOST_RETRY : part;
    }

    @Nullable Order delivered(Slot slot, Handed handed) {
        settle(slot);
        return switch (handed) {
            case Handed.Accepted _ -> null;
            case Handed.Fenced _ -> {
                ending = true;
                yield null;
            }
            case Handed.Lost(String why) ->
                new Order.Tell(unit, slot, new Shortfall(Missed.NOT_TAKEN.label(), 0, "measured, but lost: " + why));
        };
    }

    private void settle(Slot slot) {
        settled = slot;
        working = null;
        trouble = null;
        absence = new Shortfall(
                Missed.PROCESS_PAUSED.label(), 0, tenure.owner() + " owned it and did not run, or was still busy");
    }
}
