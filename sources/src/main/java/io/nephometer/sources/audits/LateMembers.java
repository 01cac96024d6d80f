// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Members of whose measurements of the end of a period nothing is there yet.
 */
record LateMembers(Set<Measurements.Behind> members) {
    /** @param sources of which something is to be read; empty: nothing was ever seen, and anybody may be late */
    static LateMembers of(Set<Measurements.Behind> behind, Set<String> sources) {
        return new LateMembers(
                sources.isEmpty()
                        ? behind
                        : behind.stream()
                                .filter(one -> sources.contains(one.source()))
                                .collect(Collectors.toSet()));
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** For people; there is one at least. */
    String text() {
        String first = members.stream()
                .map(one -> one.member() + " (" + one.source() + ")")
                .collect(Collectors.toCollection(TreeSet::new))
                .getFirst();
        String others = members.size() == 1 ? "" : " and " + (members.size() - 1) + " others";
        return "nothing of the end of the period is there of " + first + others;
    }
}
