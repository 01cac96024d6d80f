// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What members said and did, for the checker; nobody in the story reads it. */
final class Account {
    private final List<String> violations = new ArrayList<>();
    private final Set<Done> accepted = new HashSet<>();
    private final Set<Done> fenced = new HashSet<>();
    private final List<Span> healthy = new ArrayList<>();
    private final List<Span> going = new ArrayList<>();
    private final List<Instant> unrest = new ArrayList<>();
    private final Set<String> slow = new HashSet<>();
    private final Set<String> unlisted = new HashSet<>();
    private final List<Delay> delays = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private long claims;

    /** Something happened that is worth telling. */
    void note(Instant at, String what) {
        story.add(at + "  " + what);
    }

    List<String> story() {
        return story;
    }

    /** A slot of a unit under a tenure. */
    record Done(WorkUnit unit, Slot slot, Tenure tenure) {}

    /** From when to when a member could work. */
    record Span(String member, Instant from, Instant to) {
        boolean covers(Instant begin, Instant end) {
            return !from.isAfter(begin) && !to.isBefore(end);
        }
    }

    /** A message to or from a member that took so much longer than usual. */
    private record Delay(String member, Instant sent, Duration by) {}

    void delayed(String member, Instant sent, Duration by) {
        delays.add(new Delay(member, sent, by));
    }

    /** By how much messages to and from a member, sent within a time, were late in all. */
    Duration delays(String member, Instant from, Instant to) {
        return delays.stream()
                .filter(delay -> delay.member().equals(member)
                        && !delay.sent().isBefore(from)
                        && delay.sent().isBefore(to))
                .map(Delay::by)
                .reduce(Duration.ZERO, Duration::plus);
    }

    void violated(String what) {
        violations.add(what);
    }

    List<String> violations() {
        return violations;
    }

    /** A member was told that what it measured is safe. */
    void accepted(Done done) {
        accepted.add(done);
    }

    Set<Done> accepted() {
        return accepted;
    }

    /** The ledger kept it out. */
    void fenced(Done done) {
        fenced.add(done);
    }

    boolean isFenced(Done done) {
        return fenced.contains(done);
    }

    /** The cloud takes long over a slot, so that the next may be missed too. */
    void slow(WorkUnit unit, Slot slot) {
        slow.add(unit.name() + slot.start());
        slow.add(unit.name() + slot.end());
    }

    boolean isSlow(WorkUnit unit, Slot slot) {
        return slow.contains(unit.name() + slot.start());
    }

    /** A member begins on a slot, so long after its last good beat began. */
    void begun(String member, Duration sinceBeat, Duration allowed) {
        claims++;
        if (sinceBeat.compareTo(allowed) > 0) {
            violations.add(member + " began to measure " + sinceBeat + " after its last good beat");
        }
    }

    long claims() {
        return claims;
    }

    void healthy(String member, Instant from, Instant to) {
        healthy.add(new Span(member, from, to));
    }

    /** Who could work no more within a time. */
    List<Span> losses(Instant from, Instant to) {
        return healthy.stream()
                .filter(span -> span.to().isAfter(from) && span.to().isBefore(to))
                .toList();
    }

    /** Who could work until then, or longer. */
    Set<String> whoCouldWork(Instant at) {
        return healthy.stream()
                .filter(span -> span.from().isBefore(at) && !span.to().isBefore(at))
                .map(Span::member)
                .collect(Collectors.toSet());
    }

    /** From when to when a member could go on without the ledger. */
    void going(String member, Instant from, Instant to) {
        going.add(new Span(member, from, to));
    }

    boolean couldGoOn(String member, Instant from, Instant to) {
        return going.stream().anyMatch(span -> span.member().equals(member) && span.covers(from, to));
    }

    /** Something befell a member. */
    void unrest(Instant at) {
        unrest.add(at);
    }

    boolean wasQuiet(Instant from, Instant to) {
        return unrest.stream().noneMatch(at -> !at.isBefore(from) && !at.isAfter(to));
    }

    /** The ledger knows of no roster yet. */
    void unlisted(WorkUnit unit, Slot slot) {
        unlisted.add(unit.name() + slot.start());
    }

    boolean isUnlisted(WorkUnit unit, Slot slot) {
        return unlisted.contains(unit.name() + slot.start());
    }

    /** Whether one member could work all that time. */
    boolean somebodyCouldWork(Instant from, Instant to) {
        return healthy.stream().anyMatch(span -> span.covers(from, to));
    }

    /** Whether this member could work all that time. */
    boolean couldWork(String member, Instant from, Instant to) {
        return healthy.stream().anyMatch(span -> span.member().equals(member) && span.covers(from, to));
    }
}
