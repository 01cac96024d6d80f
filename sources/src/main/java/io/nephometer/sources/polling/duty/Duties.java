// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a member does for the units that it owns. A state machine: it is told what happened and when, and says what is to
 * be done; the same story gives the same orders. Not thread-safe.
 */
public final class Duties {
    private final DutyOptions options;
    private final SortedMap<WorkUnit, Duty> duties = new TreeMap<>(Comparator.comparing(WorkUnit::key));

    public Duties(DutyOptions options) {
        this.options = options;
    }

    /** The member owns the unit from now on, under a new tenure. What was under way under an earlier one is of no concern. */
    public void gained(WorkUnit unit, Beginning beginning, Instant now) {
        duties.put(unit, new Duty(unit, phase(unit), options, beginning, now));
    }

    private Duration phase(WorkUnit unit) {
        return Phase.of(unit.key(), Duration.ofMillis((long) (unit.interval().toMillis() * options.spread())));
    }

    /** The member owns the unit no more. What is under way is ended; the ledger decides whether it counts. */
    public void lost(WorkUnit unit) {
        Duty duty = duties.get(unit);
        if (duty != null) {
            duty.end();
            forget(unit, duty);
        }
    }

    /** The units that are owned or still worked on. */
    public List<WorkUnit> units() {
        return List.copyOf(duties.keySet());
    }

    /** What is to be done now. */
    public List<Order> due(Instant now) {
        List<Order> orders = new ArrayList<>();
        long working = working();
        List<Duty> waiting = new ArrayList<>();
        for (Duty duty : duties.values()) {
            if (!duty.isWorking()) {
                orders.addAll(duty.missed(now));
                waiting.add(duty);
            }
        }
        waiting.sort(Comparator.comparing(duty -> duty.due(now)));
        for (Duty duty : waiting) {
            Order claim = working < options.atOnce() ? duty.begin(now) : null;
            if (claim != null) {
                orders.add(claim);
                working++;
            }
        }
        return orders;
    }

    private long working() {
        return duties.values().stream().filter(Duty::isWorking).count();
    }

    /**
     * When there is something to do next, if nothing happens before; empty if nothing is, and while as many units are worked on as
     * may be: what is due waits for one of them to end.
     */
    public Optional<Instant> wake(Instant now) {
        if (working() >= options.atOnce()) {
            return Optional.empty();
        }
        return duties.values().stream()
                .filter(duty -> !duty.isWorking())
                .map(duty -> duty.due(now))
                .min(Comparator.naturalOrder());
    }

    /** How a claim went; what is to be done now. */
    public Optional<Order> claimed(Order.Claim claim, ClaimResult result) {
        Duty duty = at(claim.unit(), claim.slot(), claim.tenure());
        return duty == null ? Optional.empty() : after(claim.unit(), duty, duty.claimed(claim.slot(), result));
    }

    /** What was measured; what is to be done now. */
    public Optional<Order> measured(Order.Measure order, SlotMeasurements measurements, Instant now) {
        Duty duty = at(order.unit(), order.slot(), order.tenure());
        return duty == null ? Optional.empty() : after(order.unit(), duty, duty.measured(measurements, now));
    }

    /** Nothing could be measured; what is to be done now. */
    public Optional<Order> failed(Order.Measure order, Shortfall why, Instant now) {
        Duty duty = at(order.unit(), order.slot(), order.tenure());
        return duty == null ? Optional.empty() : after(order.unit(), duty, duty.failed(order.slot(), why, now));
    }

    /** What became of what was handed over; what is to be done now. */
    public Optional<Order> delivered(Order.Deliver order, Handed handed) {
        Slot slot = order.measurements().slot();
        Duty duty = at(order.unit(), slot, order.tenure());
        return duty == null ? Optional.empty() : after(order.unit(), duty, duty.delivered(slot, handed));
    }

    /** Null if it is of an earlier tenure. */
    private @Nullable Duty at(WorkUnit unit, Slot slot, Tenure tenure) {
        Duty duty = duties.get(unit);
        return duty != null && duty.tenure().equals(tenure) && duty.isAt(slot) ? duty : null;
    }

    private Optional<Order> after(WorkUnit unit, Duty duty, @Nullable Order order) {
        forget(unit, duty);
        return Optional.ofNullable(order);
    }

    private void forget(WorkUnit unit, Duty duty) {
        if (duty.isOver()) {
            duties.remove(unit);
        }
    }
}
