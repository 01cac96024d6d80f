// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import io.nephometer.coordination.Rendezvous;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one process knows of its own membership, and of the others. Times are those of a ticker. */
final class Standing {
    /** What a member's clock may differ from that of the ledger. */
    static final Duration CLOCK_LIMIT = Duration.ofSeconds(5);

    private final Member me;
    private final String group;
    private final long lease;
    private @Nullable Members view;
    private @Nullable Presence mine;
    /** By name, what each takes part in. */
    private Map<String, Set<String>> groups = Map.of();

    private boolean acts;
    /** What follows from that. */
    private final Map<Unit, Boolean> ours = new HashMap<>();

    private long begun;
    private String failure = "no beat yet";
    private Duration clockOff = Duration.ZERO;
    /** When the ledger answered last; null if it never has. */
    private @Nullable Long heard;
    /** Whether it matters. */
    private boolean needsLedger;

    private boolean cut;
    private boolean leaving;

    Standing(Member me, String group, Duration lease) {
        this.me = me;
        this.group = group;
        this.lease = lease.toNanos();
    }

    Member me() {
        return me;
    }

    /** As whom to beat: a member that may not own anything must not be taken for one that does. */
    Member presented() {
        if (!isClockOff() && !cut && !leaving) {
            return me;
        }
        Set<String> others = new TreeSet<>(me.groups());
        others.remove(group);
        return me.in(others);
    }

    boolean isClockOff() {
        return isOff(clockOff);
    }

    /** Whether a clock is so far from that of the ledger that its member must not own anything. */
    static boolean isOff(Duration ahead) {
        return ahead.abs().compareTo(CLOCK_LIMIT) > 0;
    }

    void clock(Duration off) {
        clockOff = off;
    }

    /** From now on it takes no part. */
    void leave() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** From now on only who hears the ledger takes part. */
    void needLedger() {
        needsLedger = true;
        cut = true;
    }

    /** The ledger answered. */
    void ledgerHeard(long at) {
        heard = at;
        cut = false;
    }

    /** Time has passed. */
    void tick(long now) {
        cut = needsLedger && (heard == null || now - heard >= lease);
    }

    /** Whether the ledger has not answered for a lease, or never. */
    boolean isCut() {
        return cut;
    }

    /** Whether others were told that we take no part, because the ledger did not answer us, and do not know better yet. */
    boolean isApart() {
        return cut || (!acts && wasPresentedApart());
    }

    private boolean wasPresentedApart() {
        Presence known = mine;
        return known != null && !known.member().groups().contains(group) && !isClockOff();
    }

    /** Whether others know us otherwise than we present ourselves. */
    boolean isKnownOtherwise() {
        Presence known = mine;
        return known != null && !known.member().groups().equals(presented().groups());
    }

    Duration clockOff() {
        return clockOff;
    }

    void failed(String why) {
        failure = why;
    }

    String failure() {
        return failure;
    }

    /** Takes note of who is live; returns whether a membership that we had is over, so that others may have taken what was ours. */
    boolean beaten(Members members, long beganAt) {
        Presence before = mine;
        boolean late = before != null && beganAt - begun > lease;
        see(members.in(group));
        mine = members.of(me).orElse(null);
        begun = beganAt;
        failure = "";
        return before != null && (late || mine == null || mine.joined() != before.joined());
    }

    private void see(Members members) {
        Map<String, Set<String>> before = groups;
        view = members;
        groups = members.groups();
        acts = members.acts(me);
        if (!groups.equals(before)) {
            ours.clear();
        }
    }

    /** When the last good beat began; meaningless before the first. */
    long begun() {
        return begun;
    }

    boolean hasJoined() {
        return view != null;
    }

    /** Whether nobody else may have been told yet that we are gone. */
    boolean isValid(long now) {
        return view != null && now - begun < lease;
    }

    boolean isStranded(long now) {
        return view != null && now - validUntil() >= 0;
    }

    /** Since when it has been possible that others were told that we are gone, or take no part. */
    long validUntil() {
        long beaten = begun + lease;
        return needsLedger && heard != null && heard + lease - beaten < 0 ? heard + lease : beaten;
    }

    /** Whether a unit is ours by the members. */
    boolean owns(Unit unit) {
        return acts
                && ours.computeIfAbsent(unit, one -> Rendezvous.owner(one.name(), able(one))
                        .filter(me.name()::equals)
                        .isPresent());
    }

    /** Who can do it. A member that tells nothing beside that it takes part is of a program without such groups, and counts as one that knows all. */
    private Set<String> able(Unit unit) {
        if (unit.group().isEmpty()) {
            return groups.keySet();
        }
        return groups.entrySet().stream()
                .filter(member -> member.getValue().contains(unit.group())
                        || member.getValue().equals(Set.of(group)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Who takes part, as seen last. */
    Members members() {
        Members known = view;
        return known == null ? new Members(List.of(), 0) : known;
    }

    /** Whether another process with our name takes part and was there before. */
    boolean standsBy() {
        Members known = view;
        return known != null && !acts && known.of(me).isPresent();
    }

    /** How many others take part in the group. */
    int others() {
        Members known = view;
        return known == null
                ? 0
                : (int) known.live().stream()
                        .filter(one -> !one.member().isSameProcess(me))
                        .count();
    }

    long lease() {
        return lease;
    }
}
