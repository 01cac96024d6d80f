// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.runtime.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Which units of one work a member owns. A machine of states: it is told what happened, and asked what follows. It has no thread, no clock
 * and does no I/O, so that a simulation can run it. Times are those of a ticker. Not thread-safe.
 *
 * <ul>
 *   <li>What is ours follows from who is live and knows how to do it ({@link io.nephometer.coordination.Rendezvous}); it may be used only
 *       after the ledger has given an epoch for it.
 *   <li>A member whose last good beat began a lease ago is <i>stranded</i>: it gains nothing, goes on with what it owned for
 *       {@value #STRANDED_PERIODS} periods of each unit, and then stops.
 *   <li>So does one that the ledger does not answer for a lease, and it tells others that it takes no part meanwhile.
 *   <li>A member that finds out that it had been dropped gives all up first, and gains it again under new epochs.
 * </ul>
 */
public final class Ownership {
    /** Ids and fences make it harmless that others may do the same meanwhile; a gap for all would not be. */
    public static final int STRANDED_PERIODS = 3;

    /** Of the lease: the shortest time until an epoch is asked for again. */
    private static final int RETRY_PART = 20;

    private final Standing standing;
    private final long retry;
    private final Map<String, Unit> work = new LinkedHashMap<>();
    private final Map<String, Claim> claims = new LinkedHashMap<>();
    private final List<OwnershipChange> changes = new ArrayList<>();
    private long asks;
    private long drops;

    /**
     * Owns nothing, and knows of no work.
     *
     * @param me takes part in {@code group}
     * @param lease as {@link io.nephometer.coordination.Coordinator#lease()}
     */
    public Ownership(Member me, String group, Duration lease) {
        if (!me.groups().contains(group)) {
            throw new IllegalArgumentException(me.name() + " does not take part in " + group);
        }
        this.standing = new Standing(me, group, lease);
        this.retry = lease.dividedBy(RETRY_PART).toNanos();
    }

    /** What there is to own from now on. All members should be told the same, or units say by their group who knows them. */
    public void work(Collection<Unit> units) {
        work.clear();
        units.forEach(unit -> work.put(unit.name(), unit));
        lose(claim -> !claim.unit().equals(work.get(claim.unit().name())), Loss.RETIRED);
        settle();
    }

    /**
     * A beat told who is live.
     *
     * @param begun when it began: the lease lasts from no later on
     */
    public void beaten(Members members, long begun, long now) {
        if (standing.beaten(members, begun)) {
            drops++;
            lose(_ -> true, Loss.DROPPED);
        }
        settle();
        tick(now);
    }

    /** A beat failed. Nothing follows yet: the last good one still counts. */
    public void beatFailed(String why, long now) {
        standing.failed(why);
        tick(now);
    }

    /** The ledger gave an epoch. Nothing happens if the unit is not wanted any more: whoever is given a later one is not hindered. */
    public void granted(Ask ask, long epoch, long now) {
        tick(now);
        Claim claim = claims.get(ask.unit());
        if (claim != null && claim.isAnsweredBy(ask)) {
            claim.granted(epoch);
            changes.add(new OwnershipChange.Gained(ask.unit(), epoch));
        }
    }

    /** The ledger gave none. It is asked again later. */
    public void notGranted(Ask ask, long now) {
        Claim claim = claims.get(ask.unit());
        if (claim != null && claim.isAnsweredBy(ask)) {
            claim.refused(now, retry);
        }
        tick(now);
    }

    /** The ledger refused what was done under an epoch. If the members still say that the unit is ours, a new epoch is asked for. */
    public void fenced(String unit, long epoch, long now) {
        Claim claim = claims.get(unit);
        if (claim != null && claim.isOwned() && claim.epoch() == epoch) {
            lose(one -> one == claim, Loss.FENCED);
            claims.put(unit, Claim.afterFence(claim.unit(), now));
        }
        tick(now);
    }

    /**
     * To be called once, at first, by who will tell of each answer of the ledger: from now on, a member takes no part before the first
     * one, and not while the last one was more than a lease ago. It leaves its units to those whom the ledger answers, and goes on with
     * what it owned as one does that is stranded.
     */
    public void needLedger() {
        standing.needLedger();
    }

    /** The ledger answered something. */
    public void ledgerHeard(long now) {
        standing.ledgerHeard(now);
        tick(now);
    }

    /** How much our clock is ahead of that of the ledger; negative if it is behind. */
    public void clock(Duration ahead) {
        standing.clock(ahead);
        settle();
    }

    /** Time has passed. To be called at {@link #wakeAt} at the latest. */
    public void tick(long now) {
        standing.tick(now);
        if (!standing.isStranded(now)) {
            return;
        }
        claims.values().removeIf(claim -> !claim.isOwned());
        long stranded = now - standing.validUntil();
        lose(claim -> stranded >= patience(claim.unit()), Loss.STRANDED);
    }

    static long patience(Unit unit) {
        return unit.period().multipliedBy(STRANDED_PERIODS).toNanos();
    }

    /**
     * Gives all up, for good: this process ends, or does something else. Beats tell others that it takes no part, and still that it lives: whoever
     * gains what it owned lets it end what it is at.
     */
    public void leave() {
        standing.leave();
        work.clear();
        lose(_ -> true, Loss.LEFT);
    }

    private void settle() {
        if (standing.isClockOff()) {
            lose(_ -> true, Loss.CLOCK_OFF);
            return;
        }
        if (standing.isApart()) {
            claims.values().removeIf(claim -> !claim.isOwned());
            return;
        }
        lose(claim -> !standing.owns(claim.unit()), standing.standsBy() ? Loss.STANDS_BY : Loss.MOVED);
        for (Unit unit : work.values()) {
            if (!claims.containsKey(unit.name()) && standing.owns(unit)) {
                claims.put(unit.name(), new Claim(unit));
            }
        }
    }

    private void lose(Predicate<Claim> which, Loss why) {
        claims.values().removeIf(claim -> {
            boolean lost = which.test(claim);
            if (lost && claim.isOwned()) {
                changes.add(new OwnershipChange.Lost(claim.unit().name(), claim.epoch(), why));
            }
            return lost;
        });
    }

    /** As whom to beat. */
    public Member presented() {
        return standing.presented();
    }

    /** Whether a beat should not wait for its turn. */
    public boolean wantsBeat() {
        return standing.isKnownOtherwise()
                || claims.values().stream().anyMatch(claim -> claim.wantsView(standing.begun()));
    }

    /** How often this member found out that it had been dropped. */
    public long drops() {
        return drops;
    }

    /** Whether an answer to an ask would still count. */
    public boolean isOpen(Ask ask) {
        Claim claim = claims.get(ask.unit());
        return claim != null && claim.isAnsweredBy(ask);
    }

    /** Units to ask an epoch for now; each once. */
    public List<Ask> takeAsks(long now) {
        tick(now);
        if (!standing.isValid(now) || standing.isApart()) {
            return List.of();
        }
        return claims.values().stream()
                .filter(claim -> claim.isDue(standing.begun(), now))
                .map(claim -> claim.ask(++asks))
                .toList();
    }

    /** What happened since this was last asked, in order. */
    public List<OwnershipChange> takeChanges() {
        List<OwnershipChange> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    /** Under which epoch a unit may be used; empty if it may not. */
    public OptionalLong epoch(String unit, long now) {
        tick(now);
        Claim claim = claims.get(unit);
        return claim == null || !claim.isOwned() ? OptionalLong.empty() : OptionalLong.of(claim.epoch());
    }

    /** What may be used, with its epochs. */
    public Map<String, Long> owned(long now) {
        tick(now);
        Map<String, Long> owned = new LinkedHashMap<>();
        claims.forEach((name, claim) -> {
            if (claim.isOwned()) {
                owned.put(name, claim.epoch());
            }
        });
        return owned;
    }

    /** When {@link #tick} or {@link #takeAsks} has something to do that only time brings; at most a lease from now. */
    public long wakeAt(long now) {
        return new WakeUp(standing, claims.values()).at(now);
    }

    /** Who takes part in the work, as seen last. */
    public Members members() {
        return standing.members();
    }

    /** How it is, for a human. */
    public Health health(long now) {
        return new OwnershipHealth(standing, owned(now).size(), claims.size()).at(now);
    }
}
