// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who was live at one moment, the same for all who saw that moment.
 *
 * @param live by name; of two with one name, the one that came first comes first
 * @param revision grows with each change of {@code live}, and perhaps with other changes; begins anew if the coordinator was rebuilt from
 *     nothing
 */
public record Members(List<Presence> live, long revision) {
    public Members {
        live = live.stream().sorted().toList();
    }

    /** Those that take part in a work. */
    public Members in(String group) {
        return new Members(
                live.stream()
                        .filter(one -> one.member().groups().contains(group))
                        .toList(),
                revision);
    }

    /** The names that are there, each once. */
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        live.forEach(one -> names.add(one.member().name()));
        return Collections.unmodifiableSortedSet(names);
    }

    /** By name, what the process that acts for it takes part in. */
    public SortedMap<String, Set<String>> groups() {
        SortedMap<String, Set<String>> groups = new TreeMap<>();
        live.forEach(one -> groups.putIfAbsent(one.member().name(), one.member().groups()));
        return Collections.unmodifiableSortedMap(groups);
    }

    /** A process, if it is live. */
    public Optional<Presence> of(Member member) {
        return live.stream().filter(one -> one.member().isSameProcess(member)).findFirst();
    }

    /** The process that acts for a name: the one that came first. */
    public Optional<Presence> holder(String name) {
        return live.stream().filter(one -> one.member().name().equals(name)).findFirst();
    }

    /** Whether a process is live and acts for its name. */
    public boolean acts(Member member) {
        return holder(member.name())
                .filter(one -> one.member().isSameProcess(member))
                .isPresent();
    }
}
