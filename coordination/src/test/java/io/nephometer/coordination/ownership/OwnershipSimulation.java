// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import io.nephometer.coordination.Members;
import io.nephometer.coordination.Rendezvous;
import io.nephometer.coordination.memory.InProcessCoordinator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster under simulated time and network, all by one seed: processes start, leave, are killed, paused, cut off; answers are lost or late; the
 * coordinator and the ledger are away; clocks go wrong; two processes have one name; some know fewer units than others. Then all is well again, and who owns what must settle.
 */
final class OwnershipSimulation {
    static final Duration LEASE = Duration.ofSeconds(10);
    static final String GROUP = "central";
    static final Set<String> GROUPS = Set.of(GROUP, "audit");
    static final List<Unit> UNITS = Stream.concat(
                    IntStream.range(0, 8).mapToObj(i -> new Unit("tenant/" + i, Duration.ofSeconds(30))),
                    Stream.of(
                            new Unit("images", Duration.ofSeconds(60), "does-images"),
                            new Unit("volumes", Duration.ofSeconds(15), "does-volumes")))
            .toList();

    private static final long TROUBLE = Duration.ofSeconds(200).toNanos();
    /** Who was killed last is gone after a lease; then a beat, a hint or two, and asks that may be lost no more. */
    private static final long SETTLING = LEASE.multipliedBy(2).toNanos();

    private static final int QUIET_LEASES = 4;
    private static final long QUIET = LEASE.multipliedBy(QUIET_LEASES).toNanos();
    private static final int TROUBLES = 20;
    private static final long LEDGER_TIMEOUT = Duration.ofSeconds(2).toNanos();

    private final Random random;
    private final Flaw flaw;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private long now;
    private long number;
    private boolean calm;
    boolean coordinatorDown;
    final SimulatedLedger ledger = new SimulatedLedger();
    final InProcessCoordinator coordinator = new InProcessCoordinator(LEASE, () -> now);

    private record Event(long at, long number, Runnable run) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return Comparator.comparingLong(Event::at)
                    .thenComparingLong(Event::number)
                    .compare(this, other);
        }
    }

    OwnershipSimulation(long seed, Flaw flaw) {
        this.random = new Random(seed);
        this.flaw = flaw;
    }

    long now() {
        return now;
    }

    long number(SimulatedProcess process) {
        return processes.indexOf(process) + 1L;
    }

    void at(long time, Runnable run) {
        events.add(new Event(time, number++, run));
    }

    private void in(long nanos, Runnable run) {
        at(now + nanos, run);
    }

    void run() {
        coordinator.watch(this::hint);
        int first = 1 + random.nextInt(5);
        for (int i = 0; i < first; i++) {
            start("m" + i);
        }
        for (int i = 0; i < TROUBLES; i++) {
            at(random.nextLong(TROUBLE), this::trouble);
        }
        in(0, this::work);
        runUntil(TROUBLE);
        calmDown();
        runUntil(now + SETTLING);
        checkSettled();
        int granted = ledger.granted;
        processes.forEach(process -> process.changes = 0);
        processes.forEach(process -> process.beats = 0);
        runUntil(now + QUIET);
        checkSettled();
        checkQuiet(granted);
    }

    private void runUntil(long end) {
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event event = events.remove();
            now = event.at();
            event.run().run();
        }
        now = end;
    }

    private void start(String name) {
        SimulatedProcess process = new SimulatedProcess(this, name, known(), processes.isEmpty() ? flaw : Flaw.NONE);
        processes.add(process);
        in(random.nextLong(1_000_000_000L), () -> process.happens(() -> {}));
    }

    /** Groups of one that knows all units, or not all of those that not everybody knows. */
    private Set<String> known() {
        Set<String> known = new TreeSet<>(GROUPS);
        if (random.nextInt(4) > 0) {
            known.add("does-images");
        }
        if (random.nextInt(4) > 0) {
            known.add("does-volumes");
        }
        return known;
    }

    private void work() {
        processes.forEach(process -> process.happens(process::work));
        in(Duration.ofSeconds(5).toNanos(), this::work);
    }

    /** Hints come late, or not. */
    private void hint() {
        for (SimulatedProcess process : processes) {
            if (calm || random.nextInt(3) > 0) {
                in(latency(), process::hint);
            }
        }
    }

    private long latency() {
        long usual = random.nextLong(50_000_000L);
        return !calm && random.nextInt(20) == 0 ? usual * 40 : usual;
    }

    private boolean loses() {
        return !calm && random.nextInt(25) == 0;
    }

    <T> void message(SimulatedProcess from, Supplier<T> served, Consumer<T> answered, Runnable failed, long timeout) {
        boolean[] over = {false};
        in(
                timeout,
                () -> from.happens(() -> {
                    if (!over[0]) {
                        over[0] = true;
                        failed.run();
                    }
                }));
        in(latency(), () -> {
            if (!coordinatorDown && !from.cutOff && !loses()) {
                deliver(from, served.get(), over, answered);
            }
        });
    }

    private <T> void deliver(SimulatedProcess to, T answer, boolean[] over, Consumer<T> answered) {
        in(latency(), () -> {
            if (!to.cutOff && !loses()) {
                to.happens(() -> {
                    if (!over[0]) {
                        over[0] = true;
                        answered.accept(answer);
                    }
                });
            }
        });
    }

    <T> void toLedger(SimulatedProcess from, Supplier<T> served, Consumer<T> answered, Runnable failed) {
        boolean[] over = {false};
        in(
                LEDGER_TIMEOUT,
                () -> from.happens(() -> {
                    if (!over[0]) {
                        over[0] = true;
                        failed.run();
                    }
                }));
        in(latency(), () -> {
            if (!ledger.down && !from.cutOff && !loses()) {
                deliver(from, served.get(), over, answered);
            }
        });
    }

    private void trouble() {
        List<SimulatedProcess> alive =
                processes.stream().filter(process -> process.alive).toList();
        SimulatedProcess victim = alive.isEmpty() ? processes.getFirst() : alive.get(random.nextInt(alive.size()));
        long time = random.nextLong(Duration.ofSeconds(60).toNanos());
        switch (random.nextInt(9)) {
            case 0 -> {
                victim.paused = victim.alive;
                in(time, victim::resume);
            }
            case 1 -> {
                victim.cutOff = true;
                in(time, () -> victim.cutOff = false);
            }
            case 2 -> {
                coordinatorDown = true;
                in(time * 2, () -> coordinatorDown = false);
            }
            case 3 -> {
                ledger.down = true;
                in(time / 4, () -> ledger.down = false);
            }
            case 4 -> end(() -> victim.alive = false);
            case 5 -> {
                victim.alive = false;
                start(victim.me.name());
            }
            case 6 -> end(victim::leave);
            case 7 -> start("m" + random.nextInt(8));
            default -> {
                victim.clock(Duration.ofSeconds(random.nextInt(-20, 20)));
                in(time, () -> victim.clock(Duration.ofMillis(random.nextInt(-4_000, 4_000))));
            }
        }
    }

    /** Some must be left, for there to be anything to see; if too few are, another comes instead. */
    private void end(Runnable how) {
        if (processes.stream().filter(process -> process.alive).count() > 2) {
            how.run();
        } else {
            start("m" + random.nextInt(8));
        }
    }

    private void calmDown() {
        calm = true;
        coordinatorDown = false;
        ledger.down = false;
        for (SimulatedProcess process : List.copyOf(processes)) {
            process.cutOff = false;
            process.resume();
            process.clock(Duration.ZERO);
        }
        start("m0");
    }

    private void checkSettled() {
        Members members = coordinator.members().in(GROUP);
        for (SimulatedProcess process : processes) {
            if (members.of(process.me).isPresent() != process.alive) {
                throw new AssertionError(process + (process.alive ? " is no member" : " is dead and a member"));
            }
        }
        for (Unit unit : UNITS) {
            List<SimulatedProcess> owners = processes.stream()
                    .filter(process -> process.owns(unit.name()))
                    .toList();
            String expected = Rendezvous.owner(unit.name(), able(unit, members)).orElse("");
            if (expected.isEmpty() ? !owners.isEmpty() : isNotAlone(owners, expected, unit, members)) {
                throw new AssertionError(unit + " is owned by " + owners + ", not by the latest " + expected);
            }
        }
    }

    private static List<String> able(Unit unit, Members members) {
        return members.groups().entrySet().stream()
                .filter(member -> unit.group().isEmpty() || member.getValue().contains(unit.group()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isNotAlone(List<SimulatedProcess> owners, String expected, Unit unit, Members members) {
        return owners.size() != 1
                || !owners.getFirst().me.name().equals(expected)
                || !members.acts(owners.getFirst().me)
                || !owners.getFirst().ownsLatest(unit.name());
    }

    private void checkQuiet(int granted) {
        if (ledger.granted != granted) {
            throw new AssertionError(ledger.granted - granted + " epochs were given while nothing happened");
        }
        for (SimulatedProcess process : processes) {
            if (process.changes > 0) {
                throw new AssertionError(process + " was told of changes while nothing happened");
            }
            if (process.beats > 3 * QUIET_LEASES + 1) {
                throw new AssertionError(process + " beat " + process.beats + " times in " + QUIET_LEASES + " leases");
            }
        }
    }
}
