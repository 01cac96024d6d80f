// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.ownership.Ask;
import io.nephometer.coordination.ownership.BeatSchedule;
import io.nephometer.coordination.ownership.Ownership;
import io.nephometer.coordination.ownership.OwnershipChange;
import io.nephometer.coordination.ownership.Unit;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.duty.Beginning;
import io.nephometer.sources.polling.duty.ClaimResult;
import io.nephometer.sources.polling.duty.Duties;
import io.nephometer.sources.polling.duty.DutyOptions;
import io.nephometer.sources.polling.duty.Handed;
import io.nephometer.sources.polling.duty.LedgerClock;
import io.nephometer.sources.polling.duty.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A central agent from its start until it is killed. Its decisions are the product's own; what it does goes over a network that may
 * be slow or cut, and what the ledger did not take yet is kept on the disk of its machine.
 */
final class SimulatedAgent {
    private static final String GROUP = "central";
    /** What a message takes at most, unless it is delayed. */
    private static final Duration USUAL_DELAY = Duration.ofMillis(30);

    private static final Duration BRIEF = Duration.ofMillis(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final SimulatedMember machine;
    private final World world;
    private final Settings settings;
    private final Coordinator coordinator;
    private final SimulatedLedger ledger;
    private final Account account;
    private final String name;
    private final Ticker ticker;
    private final LedgerClock clock;
    private final Member me;
    private final Ownership ownership;
    private final BeatSchedule schedule;
    private final Duties duties;
    private final SimulatedHandover handover;
    private final SimulatedRosters rosters;
    private final Map<String, WorkUnit> byName = new HashMap<>();
    private final Map<String, Beginning> beginnings = new HashMap<>();
    private Members members = new Members(List.of(), 0);
    private boolean beating;
    private long lastGoodBeat;
    private long nextStep = Long.MAX_VALUE;

    SimulatedAgent(
            SimulatedMember machine,
            World world,
            Settings settings,
            Coordinator coordinator,
            SimulatedLedger ledger,
            Account account,
            List<WorkUnit> units,
            String name,
            int start) {
        this.machine = machine;
        this.world = world;
        this.settings = settings;
        this.coordinator = coordinator;
        this.ledger = ledger;
        this.account = account;
        this.name = name;
        ticker = settings.mutations().contains(Mutation.LEASE_BY_WALL_CLOCK)
                ? () -> Duration.between(World.START, machine.wall()).toNanos()
                : world::nanos;
        clock = new LedgerClock(machine::wall, world::nanos);
        me = new Member(name, name + "-" + start, Set.of(GROUP));
        ownership = new Ownership(me, GROUP, Settings.LEASE);
        schedule = new BeatSchedule(Settings.LEASE);
        duties = new Duties(new DutyOptions(8, 0.25, Duration.ofSeconds(1), Duration.ofSeconds(3)));
        handover = new SimulatedHandover(this, machine, world, settings.mutations(), ledger, account);
        rosters = new SimulatedRosters(this, settings.mutations(), ledger, account, units.getFirst());
        units.forEach(unit -> byName.put(unit.key(), unit));
        ownership.needLedger();
        ownership.work(units.stream()
                .map(unit -> new Unit(unit.key(), unit.interval()))
                .toList());
    }

    /** Others have come or gone, or take part in other work; it is told so soon. */
    void hint() {
        later(network(), () -> {
            schedule.hint();
            soon();
        });
    }

    /** Nothing happens to who is dead; to who is paused, it happens later. */
    void later(Duration delay, Runnable what) {
        world.after(delay, () -> {
            if (machine.runs(this)) {
                if (world.nanos() < machine.pausedUntil()) {
                    later(Duration.ofNanos(machine.pausedUntil() - world.nanos()), what);
                } else {
                    what.run();
                }
            }
        });
    }

    private Duration network() {
        if (!world.happens(0.02)) {
            return world.between(Duration.ofMillis(1), USUAL_DELAY);
        }
        Duration delay = world.between(Duration.ofMillis(200), Duration.ofSeconds(3));
        account.delayed(name, world.time(), delay.minus(USUAL_DELAY));
        return delay;
    }

    /** What it owns, as it believes. */
    Set<String> owned() {
        return ownership.owned(ticker.nanos()).keySet();
    }

    void soon() {
        stepAt(world.nanos() + BRIEF.toNanos());
    }

    private void stepAt(long nanos) {
        if (nanos < nextStep) {
            nextStep = nanos;
            later(Duration.ofNanos(nanos - world.nanos()), () -> {
                if (world.nanos() >= nextStep) {
                    nextStep = Long.MAX_VALUE;
                    step();
                }
            });
        }
    }

    private void step() {
        long now = ticker.nanos();
        if (ownership.wantsBeat()) {
            schedule.hint();
        }
        if (schedule.isDue(now) && !beating) {
            beat(now);
        }
        ownership.clock(clock.ahead());
        ownership.takeAsks(now).forEach(this::ask);
        ownership.takeChanges().forEach(this::changed);
        duties.due(clock.instant()).forEach(this::carryOut);
        plan(now);
    }

    private void plan(long now) {
        long wait = Math.min(schedule.next() - now, ownership.wakeAt(now) - now);
        wait = Math.min(
                beating ? Duration.ofSeconds(1).toNanos() : wait,
                Duration.ofSeconds(2).toNanos());
        Instant instant = clock.instant();
        long duty = duties.wake(instant)
                .map(wake -> Duration.between(instant, wake).toNanos())
                .orElse(Long.MAX_VALUE);
        stepAt(world.nanos() + Math.max(BRIEF.toNanos(), Math.min(wait, duty)));
    }

    private void beat(long begun) {
        beating = true;
        long trueBegun = world.nanos();
        Duration there = network();
        Duration back = network();
        boolean lost = there.plus(back).compareTo(Settings.LEASE.dividedBy(3)) > 0;
        world.after(there, () -> {
            boolean reached = world.nanos() >= machine.noCoordinatorUntil();
            Members answer = reached ? answer() : null;
            later(lost ? Settings.LEASE.dividedBy(3) : back, () -> {
                beating = false;
                account.note(world.time(), name + " beat: " + (answer == null || lost ? "none" : answer.names()));
                if (answer == null || lost || world.nanos() < machine.noCoordinatorUntil()) {
                    schedule.failed(begun, ticker.nanos());
                    ownership.beatFailed("no answer", ticker.nanos());
                } else {
                    schedule.succeeded(begun);
                    members = answer;
                    lastGoodBeat = trueBegun;
                    ownership.beaten(answer, begun, ticker.nanos());
                }
                askTheTime();
                step();
            });
        });
    }

    private @Nullable Members answer() {
        try {
            return coordinator.beat(ownership.presented());
        } catch (CoordinationException e) {
            return null;
        }
    }

    private void askTheTime() {
        long asked = world.nanos();
        toLedger(world::time, time -> {
            if (time != null) {
                clock.told(time, asked, world.nanos());
            }
        });
    }

    void leave() {
        try {
            coordinator.leave(me);
        } catch (CoordinationException e) {
            account.violated("the simulated coordinator failed: " + e.getMessage());
        }
    }

    interface AtLedger<T> {
        T run();
    }

    interface Answer<T> {
        void of(@Nullable T value);
    }

    /** Null if the question or the answer got lost, or came too late; the ledger may have done it all the same. */
    <T> void toLedger(AtLedger<T> what, Answer<T> answer) {
        Duration there = network();
        Duration back = network();
        world.after(there, () -> {
            T result = world.nanos() >= machine.noLedgerUntil() ? what.run() : null;
            later(result == null ? TIMEOUT : back, () -> {
                boolean heard = result != null && world.nanos() >= machine.noLedgerUntil();
                if (heard) {
                    ownership.ledgerHeard(ticker.nanos());
                }
                answer.of(heard ? result : null);
            });
        });
    }

    private void ask(Ask ask) {
        WorkUnit unit = unit(ask.unit());
        boolean handedOver = ledgerSaysAlive(unit);
        account.note(world.time(), name + " asks for " + ask);
        toLedger(() -> ledger.begin(unit, name, handedOver, world.time()), beginning -> {
            account.note(world.time(), name + " got " + ask.unit() + ": " + beginning);
            if (beginning == null) {
                ownership.notGranted(ask, ticker.nanos());
            } else {
                beginnings.put(ask.unit(), beginning);
                ownership.granted(ask, beginning.tenure().epoch(), ticker.nanos());
            }
            soon();
        });
    }

    /** Whether the owner before is among the members that we know. */
    private boolean ledgerSaysAlive(WorkUnit unit) {
        Tenure before = ledger.owner(unit);
        return before != null && !before.owner().equals(name) && members.names().contains(before.owner());
    }

    private WorkUnit unit(String key) {
        WorkUnit unit = byName.get(key);
        if (unit == null) {
            throw new IllegalStateException("no such unit: " + key);
        }
        return unit;
    }

    private void changed(OwnershipChange change) {
        account.note(world.time(), name + ": " + change);
        switch (change) {
            case OwnershipChange.Gained(String key, long _) -> {
                Beginning beginning = beginnings.get(key);
                if (beginning != null) {
                    duties.gained(unit(key), mutated(unit(key), beginning), clock.instant());
                }
            }
            case OwnershipChange.Lost lost -> duties.lost(unit(lost.unit()));
        }
    }

    private Beginning mutated(WorkUnit unit, Beginning beginning) {
        if (!settings.mutations().contains(Mutation.NO_HAND_OVER) || beginning.before() == null) {
            return beginning;
        }
        // As if the slot that runs were settled: an ended one would be.
        return new Beginning(
                beginning.tenure(),
                unit.slotAt(clock.instant()).next(),
                beginning.holes(),
                beginning.before(),
                beginning.lastSign(),
                beginning.handedOver());
    }

    private void carryOut(Order order) {
        switch (order) {
            case Order.Claim claim -> claim(claim);
            case Order.Measure measure -> measure(measure);
            case Order.Deliver deliver -> handover.deliver(deliver);
            case Order.Tell tell -> handover.tell(tell);
        }
    }

    private void claim(Order.Claim claim) {
        account.note(
                world.time(),
                name + " claims " + claim.unit().name() + " " + claim.slot().start() + " under "
                        + claim.tenure().epoch());
        account.begun(
                name,
                Duration.ofNanos(world.nanos() - lastGoodBeat),
                Settings.LEASE.plus(claim.unit().interval().multipliedBy(3)).plusMillis(500));
        toLedger(() -> ledger.claim(claim.unit(), claim.slot(), claim.tenure(), world.time()), result -> {
            account.note(world.time(), name + " " + claim.unit().name() + " claim: " + result);
            ClaimResult known = result == null ? ClaimResult.UNKNOWN : result;
            if (known == ClaimResult.FENCED) {
                ownership.fenced(claim.unit().key(), claim.tenure().epoch(), ticker.nanos());
            }
            duties.claimed(claim, known).ifPresent(this::carryOut);
            soon();
        });
    }

    private void measure(Order.Measure order) {
        Instant begun = clock.instant();
        Duration took = world.happens(0.01)
                ? world.between(Duration.ofSeconds(5), Settings.SLOWEST)
                : world.between(Duration.ofMillis(50), Duration.ofSeconds(1));
        if (took.compareTo(Duration.ofSeconds(1)) > 0) {
            account.slow(order.unit(), order.slot());
        }
        later(
                took,
                () -> rosters.during(order, why -> {
                    if (why == null) {
                        measured(order, begun);
                    } else {
                        duties.failed(order, why, clock.instant()).ifPresent(this::carryOut);
                    }
                    soon();
                }));
    }

    private void measured(Order.Measure order, Instant begun) {
        SlotMeasurements measurements = new SlotMeasurements(
                order.slot(),
                order.unit().name(),
                new MeasuringTime(begun, ticker.nanos()),
                null,
                List.of(),
                List.of());
        duties.measured(order, measurements, clock.instant()).ifPresent(this::carryOut);
    }

    /** What was handed over has come to this. */
    void delivered(Order.Deliver order, Handed handed) {
        duties.delivered(order, handed).ifPresent(this::carryOut);
        soon();
    }

    /** The ledger took nothing under this tenure: another member has a later one. */
    void fenced(WorkUnit unit, Tenure tenure) {
        ownership.fenced(unit.key(), tenure.epoch(), ticker.nanos());
    }

    /** The ledger's time, as it knows it. */
    Instant now() {
        return clock.instant();
    }

    /** Begins to bring what is on disk to the ledger. */
    void drain() {
        handover.drain();
    }
}
