// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.CleanupKind;
import io.nephometer.model.HostShare;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is to be removed after instances, in memory: what a copy shows, and what is so on the primary. */
final class FakeCleanups implements CleanupBook, Removals {
    final SortedMap<String, Ended> ended = new TreeMap<>();
    final List<Left> left = new ArrayList<>();
    final SortedMap<String, Entry> entries = new TreeMap<>();
    final Set<String> settled = new HashSet<>();

    /** Those that the copy has ended, and the primary has not. */
    final Set<String> alive = new HashSet<>();

    void ended(String instance, String host, Instant at) {
        ended.put(instance, new Ended(instance, host, at));
    }

    private static String key(Target target) {
        return target.kind() + "/" + target.instance();
    }

    @Override
    public List<Ended> ended(Instant before, int share, int most) {
        return ended.values().stream()
                .filter(one -> one.ended().isBefore(before) && HostShare.of(one.host()) == share)
                .filter(one -> {
                    String key = key(new Target(CleanupKind.ENDED, one.instance(), null));
                    Entry entry = entries.get(key);
                    return !settled.contains(key) && (entry == null || entry.givenUp() == null);
                })
                .limit(most)
                .toList();
    }

    @Override
    public boolean attempt(Target target, Instant tick, int most, String detail) {
        String key = key(target);
        Entry before = entries.get(key);
        if (before != null && (before.givenUp() != null || !before.lastTried().isBefore(tick))) {
            return false;
        }
        int attempts = before == null ? 1 : before.attempts() + 1;
        entries.put(key, new Entry(target, attempts, tick, attempts >= most ? tick : null, detail));
        return true;
    }

    @Override
    public boolean clean(Target target, Collection<Left> mine, Instant tick) {
        if (alive.contains(target.instance())) {
            return false;
        }
        left.removeAll(mine);
        settled.add(key(target));
        return true;
    }

    @Override
    public void settle(Target target, Instant tick) {
        entries.remove(key(target));
    }

    @Override
    public List<Entry> unsettled(CleanupKind kind) {
        return entries.values().stream()
                .filter(one -> one.target().kind() == kind && !settled.contains(key(one.target())))
                .toList();
    }

    @Override
    public List<Entry> givenUp(Instant since) {
        return entries.values().stream()
                .filter(one -> one.givenUp() != null && one.givenUp().isAfter(since))
                .toList();
    }

    @Override
    public List<Left> left(Instant before) {
        return List.copyOf(left);
    }
}
