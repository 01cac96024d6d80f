// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import io.nephometer.coordination.Rendezvous;
import io.nephometer.coordination.memory.InProcessCoordinator;
import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One story: members that are started, killed, paused, cut off and set back by chance, a time of quiet at the end, and what is
 * to be said of it.
 */
final class Story {
    /** Beside the lease, for what follows on its end: noticing it, an epoch, a claim, and measuring; with messages that are not delayed. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final Duration LONGEST = Duration.ofSeconds(150);
    private static final Duration REST = Duration.ofSeconds(30);
    private static final int KINDS = 12;
    /** Members go on for so many periods without the ledger. */
    private static final int PERIODS = 3;

    private final Settings settings;
    private final World world;
    private final SimulatedLedger ledger;
    private final Account account = new Account();
    private final InProcessCoordinator coordinator;
    private final List<WorkUnit> units;
    private final List<SimulatedMember> members = new ArrayList<>();
    /** When the ledger was lost to all. */
    private final List<Account.Span> outages = new ArrayList<>();

    Story(long seed, Settings settings) {
        this.settings = settings;
        this.world = new World(seed);
        this.ledger = new SimulatedLedger(settings.mutations());
        this.coordinator = new InProcessCoordinator(Settings.LEASE, world::nanos);
        this.units = IntStream.range(0, settings.units())
                .mapToObj(i -> new WorkUnit("central", settings.interval(), "unit-" + i))
                .toList();
        // One watch for all, so that they are told in an order that is the same each time.
        coordinator.watch(() -> members.forEach(SimulatedMember::hint));
        for (int i = 0; i < settings.members(); i++) {
            join();
        }
    }

    /** What a story showed. */
    record Outcome(
            List<String> violations,
            long measured,
            long missing,
            long refused,
            long fenced,
            long claims,
            List<String> story) {}

    private SimulatedMember join() {
        SimulatedMember member =
                new SimulatedMember("m" + members.size(), world, settings, coordinator, ledger, account, units);
        members.add(member);
        member.start();
        return member;
    }

    private Instant end() {
        return World.START.plus(settings.interval().multipliedBy(settings.slots()));
    }

    Outcome tell() {
        Duration disturbed = settings.interval().multipliedBy(settings.slots() - Settings.QUIET_SLOTS);
        for (int i = 0; i < settings.disturbances(); i++) {
            Duration at = world.between(Duration.ofSeconds(20), disturbed);
            Duration lasts =
                    world.between(Duration.ofMillis(500), world.happens(0.3) ? LONGEST : Duration.ofSeconds(30));
            Duration left = disturbed.minus(at);
            world.after(at, () -> disturb(lasts.compareTo(left) < 0 ? lasts : left, left));
        }
        world.after(disturbed, this::calm);
        // What is measured at the end may take its time, and is told then.
        world.runUntil(end().plus(Settings.SLOWEST));
        members.forEach(SimulatedMember::end);
        return judge();
    }

    private void disturb(Duration time, Duration left) {
        SimulatedMember member = members.get(world.number(members.size()));
        int kind = world.number(KINDS);
        account.note(world.time(), "disturbance " + kind + " of m" + members.indexOf(member) + " for " + time);
        switch (kind) {
            case 0, 1 -> {
                member.kill();
                world.after(time, member::start);
            }
            case 2 -> member.pause(time);
            case 3 -> member.cutFromCoordinator(time);
            case 4 -> member.cutFromLedger(time);
            case 5 -> members.forEach(one -> one.cutFromCoordinator(time));
            case 6 -> {
                member.setClock(world.between(Duration.ofSeconds(-8), Duration.ofSeconds(8)));
                world.after(time, () -> member.setClock(Duration.ZERO));
            }
            case 7 -> {
                // The coordinator is lost for longer than anybody may go on, and a clock is set right meanwhile.
                members.forEach(one -> one.cutFromCoordinator(LONGEST));
                world.after(SLACK, () -> member.setClock(world.between(Duration.ofSeconds(-5), Duration.ZERO)));
                world.after(LONGEST, () -> member.setClock(Duration.ZERO));
            }
            case 8 -> loseLedger(left);
            case 9 -> {
                member.fillDisk(time);
                member.cutFromLedger(time);
            }
            case 10 -> {
                members.forEach(one -> one.fillDisk(time));
                loseLedger(left);
            }
            default -> {
                if (members.size() < 2 * settings.members()) {
                    join();
                } else {
                    member.leave();
                }
            }
        }
    }

    /** To all, those who join meanwhile as well. */
    private void loseLedger(Duration left) {
        Duration chosen = world.between(settings.interval(), LONGEST);
        Duration time = chosen.compareTo(left) < 0 ? chosen : left;
        Instant end = world.time().plus(time);
        Account.Span last = outages.isEmpty() ? null : outages.getLast();
        if (last == null || last.to().isBefore(world.time())) {
            outages.add(new Account.Span("ledger", world.time(), end));
        } else if (last.to().isBefore(end)) {
            outages.set(outages.size() - 1, new Account.Span("ledger", last.from(), end));
        }
        ledger.lose(world.nanos() + time.toNanos());
        members.forEach(SimulatedMember::changed);
        world.after(time, () -> members.forEach(SimulatedMember::changed));
    }

    private void calm() {
        for (SimulatedMember member : members) {
            member.setClock(Duration.ZERO);
            member.start();
        }
    }

    // --- what is to be said of it
    // ---------------------------------------------------------------------------------------

    private Outcome judge() {
        List<String> violations = new ArrayList<>(account.violations());
        violations.addAll(ledger.violations());
        long measured = 0;
        long missing = 0;
        for (WorkUnit unit : units) {
            Slot slot = unit.slotAt(World.START);
            for (; slot.end().isBefore(end().minusSeconds(1)); slot = slot.next()) {
                SimulatedLedger.SlotState state = ledger.at(unit, slot);
                judge(unit, slot, state, violations);
                measured += state != null && state.isMeasured() ? 1 : 0;
                missing += state != null && !state.isMeasured() ? 1 : 0;
            }
            judgeOutages(unit, violations);
            judgeOwner(unit, violations);
        }
        for (Account.Done done : account.accepted()) {
            SimulatedLedger.SlotState state = ledger.at(done.unit(), done.slot());
            if ((state == null || !state.isMeasured()) && !account.isFenced(done)) {
                violations.add(
                        name(done.unit(), done.slot()) + " was accepted of " + done.tenure() + " and is not there");
            }
        }
        return new Outcome(
                violations, measured, missing, ledger.refused(), ledger.fenced(), account.claims(), account.story());
    }

    private void judge(WorkUnit unit, Slot slot, SimulatedLedger.@Nullable SlotState state, List<String> violations) {
        if (state != null && state.samples() > 1) {
            violations.add(name(unit, slot) + " was counted " + state.samples() + " times");
        }
        boolean measured = state != null && state.isMeasured();
        if (!measured && (state == null || state.missing() == null)) {
            violations.add(name(unit, slot) + " is missing, and nobody says why");
        }
        Instant enough = enough(unit, slot);
        if (!measured
                && !account.isSlow(unit, slot)
                && !account.isUnlisted(unit, slot)
                && !diedLate(unit, enough, slot.end())
                && !successorDiedLate(unit, enough, slot.end())
                && account.somebodyCouldWork(enough, slot.end())) {
            violations.add(name(unit, slot) + " was not measured, though a member lived: "
                    + (state == null ? "" : state.missing()));
        }
    }

    /**
     * When it is early enough for a lost owner to be replaced within the slot: the lease and the slack before its end, and as much earlier as
     * messages of the member that would have to measure were delayed in that time. Nobody can promise against a network that holds up what is sent.
     */
    private Instant enough(WorkUnit unit, Slot slot) {
        Instant undelayed = slot.end().minus(Settings.LEASE).minus(SLACK);
        Duration delayed = Rendezvous.owner(unit.key(), account.whoCouldWork(slot.end()))
                .map(owner -> account.delays(owner, undelayed, slot.end()))
                .orElse(Duration.ZERO);
        return undelayed.minus(delayed);
    }

    /** While the ledger is lost to all, each goes on with what it owned for three periods. */
    private void judgeOutages(WorkUnit unit, List<String> violations) {
        Instant before = World.START;
        for (Account.Span outage : outages) {
            Instant calm = outage.from().minus(REST);
            List<SimulatedLedger.Begun> tenures = ledger.history(unit).stream()
                    .filter(begun -> begun.at().isBefore(outage.from()))
                    .toList();
            if (calm.isAfter(before)
                    && !tenures.isEmpty()
                    && tenures.getLast().at().isBefore(calm)) {
                judgeOutage(unit, outage, tenures.getLast().tenure().owner(), violations);
            }
            before = outage.to();
        }
    }

    private void judgeOutage(WorkUnit unit, Account.Span outage, String owner, List<String> violations) {
        Instant calm = outage.from().minus(REST);
        Instant last = earlier(outage.to(), outage.from().plus(unit.interval().multipliedBy(PERIODS)));
        for (Slot slot = unit.slotAt(outage.from()).next(); !slot.end().isAfter(last); slot = slot.next()) {
            SimulatedLedger.SlotState state = ledger.at(unit, slot);
            if ((state == null || !state.isMeasured())
                    && !account.isSlow(unit, slot)
                    && !account.isUnlisted(unit, slot)
                    && account.couldGoOn(owner, calm, slot.end())
                    && account.wasQuiet(calm, slot.end())) {
                violations.add(name(unit, slot) + " was not measured by " + owner
                        + ", which could go on without the ledger: " + (state == null ? "" : state.missing()));
            }
        }
    }

    /** Whether an owner was lost when it was too late for others to find out and measure. */
    private boolean diedLate(WorkUnit unit, Instant from, Instant to) {
        List<SimulatedLedger.Begun> history = ledger.history(unit);
        for (int i = 0; i < history.size(); i++) {
            String owner = history.get(i).tenure().owner();
            Instant began = later(history.get(i).at(), from);
            Instant ended = i + 1 < history.size() ? earlier(history.get(i + 1).at(), to) : to;
            if (began.isBefore(ended)
                    && account.couldWork(owner, began, began)
                    && !account.couldWork(owner, began, ended)) {
                return true;
            }
        }
        return false;
    }

    /** Whether whoever was to take it over was lost when it was too late for others, perhaps before the ledger heard of it. */
    private boolean successorDiedLate(WorkUnit unit, Instant from, Instant to) {
        return account.losses(from, to).stream()
                .anyMatch(loss -> Rendezvous.owner(unit.key(), account.whoCouldWork(loss.to()))
                        .filter(loss.member()::equals)
                        .isPresent());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** At rest, everybody agrees whose a unit is. */
    private void judgeOwner(WorkUnit unit, List<String> violations) {
        List<String> names = IntStream.range(0, members.size())
                .filter(i -> members.get(i).isRunning())
                .mapToObj(i -> "m" + i)
                .toList();
        List<String> owners = IntStream.range(0, members.size())
                .filter(i -> members.get(i).owned().contains(unit.key()))
                .mapToObj(i -> "m" + i)
                .toList();
        if (!owners.equals(List.of(Rendezvous.owner(unit.key(), names).orElse("")))) {
            violations.add(unit.name() + " is owned by " + owners + " at rest");
        }
    }

    private static String name(WorkUnit unit, Slot slot) {
        return unit.name() + " " + slot.start();
    }
}
