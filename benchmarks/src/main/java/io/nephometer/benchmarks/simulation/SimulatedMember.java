// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import io.nephometer.coordination.Coordinator;
import io.nephometer.model.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A machine on which a central agent is started and killed. Its disk outlives the agent. */
final class SimulatedMember {
    private final World world;
    private final Settings settings;
    private final Coordinator coordinator;
    private final SimulatedLedger ledger;
    private final Account account;
    private final List<WorkUnit> units;
    private final String name;
    private final Deque<Runnable> disk = new ArrayDeque<>();

    private @Nullable SimulatedAgent life;
    private int starts;
    private Duration clockOff = Duration.ZERO;
    private long pausedUntil;
    private long noCoordinatorUntil;
    private long noLedgerUntil;
    private long diskFullUntil;
    private @Nullable Instant wellSince;
    private @Nullable Instant goingSince;

    SimulatedMember(
            String name,
            World world,
            Settings settings,
            Coordinator coordinator,
            SimulatedLedger ledger,
            Account account,
            List<WorkUnit> units) {
        this.name = name;
        this.world = world;
        this.settings = settings;
        this.coordinator = coordinator;
        this.ledger = ledger;
        this.account = account;
        this.units = units;
    }

    // --- what befalls it

    boolean isRunning() {
        return life != null;
    }

    void start() {
        if (life == null) {
            life = new SimulatedAgent(this, world, settings, coordinator, ledger, account, units, name, ++starts);
            life.soon();
            life.drain();
        }
        changed();
    }

    void kill() {
        life = null;
        changed();
    }

    /** Others have come or gone. */
    void hint() {
        SimulatedAgent running = life;
        if (running != null) {
            running.hint();
        }
    }

    void leave() {
        SimulatedAgent leaving = life;
        if (leaving != null) {
            leaving.leave();
        }
        kill();
    }

    void pause(Duration time) {
        pausedUntil = Math.max(pausedUntil, world.nanos() + time.toNanos());
        untilThen(time);
    }

    void cutFromCoordinator(Duration time) {
        noCoordinatorUntil = Math.max(noCoordinatorUntil, world.nanos() + time.toNanos());
        untilThen(time);
    }

    void cutFromLedger(Duration time) {
        noLedgerUntil = Math.max(noLedgerUntil, world.nanos() + time.toNanos());
        untilThen(time);
    }

    /** Its disk takes nothing more; what is there stays. */
    void fillDisk(Duration time) {
        diskFullUntil = Math.max(diskFullUntil, world.nanos() + time.toNanos());
        untilThen(time);
    }

    void setClock(Duration off) {
        clockOff = off;
        account.unrest(world.time());
        changed();
    }

    private void untilThen(Duration time) {
        changed();
        world.after(time, this::changed);
    }

    /** Keeps the account of when it could work. */
    void changed() {
        boolean sound = life != null
                && world.nanos() >= pausedUntil
                && world.nanos() >= noCoordinatorUntil
                && world.nanos() >= noLedgerUntil
                && clockOff.abs().compareTo(Duration.ofSeconds(5)) < 0;
        boolean well = sound && world.nanos() >= ledger.awayUntil();
        if (well && wellSince == null) {
            wellSince = world.time();
        } else if (!well && wellSince != null) {
            account.healthy(name, wellSince, world.time());
            wellSince = null;
        }
        goes(sound && diskTakes());
    }

    /** Whether it can go on, even if the ledger is lost to all. */
    private void goes(boolean going) {
        if (going && goingSince == null) {
            goingSince = world.time();
            account.unrest(world.time());
        } else if (!going && goingSince != null) {
            account.going(name, goingSince, world.time());
            goingSince = null;
            account.unrest(world.time());
        }
    }

    boolean diskTakes() {
        return world.nanos() >= diskFullUntil;
    }

    /** The story is over. */
    void end() {
        if (wellSince != null) {
            account.healthy(name, wellSince, world.time());
        }
        if (goingSince != null) {
            account.going(name, goingSince, world.time());
        }
    }

    /** What it owns, as it believes. */
    Set<String> owned() {
        SimulatedAgent running = life;
        return running == null ? Set.of() : running.owned();
    }

    /** Whether this is the agent that runs here. */
    boolean runs(SimulatedAgent agent) {
        return life == agent;
    }

    Deque<Runnable> disk() {
        return disk;
    }

    long pausedUntil() {
        return pausedUntil;
    }

    long noCoordinatorUntil() {
        return noCoordinatorUntil;
    }

    long noLedgerUntil() {
        return Math.max(noLedgerUntil, ledger.awayUntil());
    }

    Instant wall() {
        return world.time().plus(clockOff);
    }
}
