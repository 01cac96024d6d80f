// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process of the simulation: does with an {@link Ownership} what {@link OwnershipLoop} does, under simulated time. */
final class SimulatedProcess {
    private static final long TIMEOUT = OwnershipSimulation.LEASE.toNanos() / 3;

    final Member me;
    private final OwnershipSimulation world;
    private final Flaw flaw;
    private final Ownership ownership;
    private final BeatSchedule schedule = new BeatSchedule(OwnershipSimulation.LEASE);
    /** As a user of the ownership understands what it is told. */
    private final Map<String, Long> using = new HashMap<>();

    private final List<Runnable> held = new ArrayList<>();
    boolean alive = true;
    boolean paused;
    boolean cutOff;
    boolean beganToBeat;
    private boolean beating;
    private long lastGood;
    private long revision = -1;
    private long wake;
    int beats;
    int changes;

    SimulatedProcess(OwnershipSimulation world, String name, Set<String> groups, Flaw flaw) {
        this.world = world;
        this.flaw = flaw;
        this.me = Member.starting(name, groups);
        this.ownership = new Ownership(me, OwnershipSimulation.GROUP, OwnershipSimulation.LEASE);
        ownership.work(known());
    }

    private List<Unit> known() {
        return OwnershipSimulation.UNITS.stream()
                .filter(unit -> unit.group().isEmpty() || me.groups().contains(unit.group()))
                .toList();
    }

    /** Now, or when it runs again; never if it is dead. */
    void happens(Runnable event) {
        if (alive && paused) {
            held.add(event);
        } else if (alive) {
            event.run();
            step();
        }
    }

    void resume() {
        paused = false;
        List<Runnable> missed = List.copyOf(held);
        held.clear();
        missed.forEach(this::happens);
        happens(() -> {});
    }

    private long now() {
        boolean stands = flaw == Flaw.STANDING_TICKER && beganToBeat;
        return stands ? Math.min(world.now(), lastGood + 1) : world.now();
    }

    private void step() {
        if (flaw == Flaw.RESTLESS || ownership.wantsBeat()) {
            schedule.hint();
        }
        if (!beating && (schedule.isDue(world.now()) || flaw == Flaw.RESTLESS)) {
            beat();
        }
        ownership.takeAsks(now()).forEach(this::ask);
        takeChanges();
        checkPatience();
        long next = Math.min(beating ? Long.MAX_VALUE : schedule.next(), ownership.wakeAt(now()));
        next = Math.max(next, world.now() + 1_000_000);
        if (wake <= world.now() || next < wake) {
            wake = next;
            world.at(next, () -> happens(() -> {}));
        }
    }

    private void takeChanges() {
        for (OwnershipChange change : ownership.takeChanges()) {
            changes++;
            switch (change) {
                case OwnershipChange.Gained gained -> using.put(gained.unit(), gained.epoch());
                case OwnershipChange.Lost lost -> {
                    if (flaw != Flaw.DEAF) {
                        using.remove(lost.unit(), lost.epoch());
                    }
                }
            }
        }
        using.forEach((unit, epoch) -> {
            if (!world.ledger.gave(unit, epoch, this)) {
                throw new AssertionError(this + " uses " + unit + " under epoch " + epoch + ", which it was not given");
            }
        });
    }

    /** Nobody goes on for longer than the promised periods without having heard of the coordinator. */
    private void checkPatience() {
        long silence = world.now() - lastGood - OwnershipSimulation.LEASE.toNanos();
        for (Unit unit : OwnershipSimulation.UNITS) {
            if (silence >= Ownership.patience(unit) && using.containsKey(unit.name())) {
                throw new AssertionError(
                        this + " uses " + unit + " after " + silence + " ns and a lease without a beat");
            }
        }
    }

    private void beat() {
        long begun = world.now();
        long began = now();
        beating = true;
        beats++;
        world.message(
                this,
                () -> world.coordinator.beat(ownership.presented()),
                members -> answered(members, begun, began),
                () -> {
                    beating = false;
                    schedule.failed(begun, world.now());
                    ownership.beatFailed("silence", now());
                },
                TIMEOUT);
    }

    private void answered(Members members, long begun, long began) {
        beating = false;
        beganToBeat = true;
        lastGood = begun;
        revision = members.revision();
        schedule.succeeded(begun);
        ownership.beaten(flaw == Flaw.BLIND ? withoutOne(members) : members, began, now());
    }

    private Members withoutOne(Members members) {
        List<Presence> seen = new ArrayList<>(members.live());
        seen.stream().filter(one -> !one.member().isSameProcess(me)).findFirst().ifPresent(seen::remove);
        return new Members(seen, -world.number(this));
    }

    private void ask(Ask ask) {
        long known = flaw == Flaw.BLIND ? -world.number(this) : revision;
        if (flaw == Flaw.OWN_EPOCHS) {
            ownership.granted(ask, 1_000_000 + ask.number(), now());
            return;
        }
        world.toLedger(
                this,
                () -> world.ledger.take(ask.unit(), this, known),
                epoch -> {
                    if (ownership.isOpen(ask)) {
                        ownership.granted(ask, epoch, now());
                    }
                },
                () -> ownership.notGranted(ask, now()));
    }

    /** Does something with each unit that it owns; the ledger refuses who is not the latest. */
    void work() {
        Map.copyOf(using)
                .forEach((unit, epoch) -> world.toLedger(
                        this,
                        () -> world.ledger.latest(unit) > epoch,
                        fenced -> {
                            if (fenced) {
                                ownership.fenced(unit, epoch, now());
                            }
                        },
                        () -> {}));
    }

    void hint() {
        happens(schedule::hint);
    }

    void clock(Duration ahead) {
        happens(() -> ownership.clock(ahead));
    }

    /** In order, if the coordinator can be reached. */
    void leave() {
        happens(() -> {
            ownership.leave();
            takeChanges();
            alive = false;
            if (!cutOff && !world.coordinatorDown) {
                world.coordinator.leave(me);
            }
        });
    }

    boolean owns(String unit) {
        return alive && using.containsKey(unit);
    }

    boolean ownsLatest(String unit) {
        return alive && using.getOrDefault(unit, 0L) == world.ledger.latest(unit);
    }

    @Override
    public String toString() {
        return me.name() + "#" + world.number(this);
    }
}
