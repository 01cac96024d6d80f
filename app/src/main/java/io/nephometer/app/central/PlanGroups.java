// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.coordination.Members;
import io.nephometer.model.NameUuid;
import io.nephometer.model.WorkUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What members of central polling tell one another of their plans, as further groups that they take part in: a digest of all that decides what
 * is measured ({@code plan-1f0c3a8e}), and one of each kind of unit that they know ({@code does-0a1b2c3d4e5f}). Partitions of one discovery are
 * one kind: who knows one of them knows all.
 */
public final class PlanGroups {
    private static final String PLAN = "plan-";
    private static final String DOES = "does-";
    private static final int PLAN_DIGITS = 8;
    private static final int UNIT_DIGITS = 12;
    private static final UUID NAMESPACE = UUID.fromString("4c2f6f0b-93f4-5f63-9a3e-1d6b0a6c7e21");
    private static final Pattern PARTITION = Pattern.compile("/\\d+$");

    private PlanGroups() {}

    /** Those of a member. */
    static Set<String> of(String plan, Collection<WorkUnit> units) {
        SortedSet<String> groups = new TreeSet<>();
        groups.add(PLAN + digest(plan, PLAN_DIGITS));
        units.forEach(unit -> groups.add(group(unit)));
        return groups;
    }

    /** That of all who know a unit. */
    public static String group(WorkUnit unit) {
        return DOES + digest(PARTITION.matcher(unit.key()).replaceFirst("/*"), UNIT_DIGITS);
    }

    private static String digest(String text, int digits) {
        return NameUuid.of(NAMESPACE, text).toString().replace("-", "").substring(0, digits);
    }

    /** Which plan a member has; empty if it has none. */
    public static String plan(Collection<String> groups) {
        return groups.stream()
                .filter(group -> group.startsWith(PLAN))
                .map(group -> group.substring(PLAN.length()))
                .collect(Collectors.joining(", "));
    }

    /** Whether a process is one of central polling, be it that it takes no part just now. */
    static boolean isOfPolling(Collection<String> groups) {
        return groups.contains(CentralPolling.GROUP) || !plan(groups).isEmpty();
    }

    /** What a member takes part in, without what it tells of its plan. */
    public static String works(Collection<String> groups) {
        return groups.stream()
                .filter(group -> !group.startsWith(PLAN) && !group.startsWith(DOES))
                .collect(Collectors.joining(", "));
    }

    /** In words: who has which plan, if that is not the same for all. */
    static Optional<String> difference(Members members) {
        return difference(members.groups());
    }

    /** The same of groups by names. */
    public static Optional<String> difference(Map<String, ? extends Collection<String>> groups) {
        SortedMap<String, SortedSet<String>> plans = new TreeMap<>();
        groups.forEach((name, own) -> {
            String plan = plan(own);
            if (!plan.isEmpty()) {
                plans.computeIfAbsent(plan, _ -> new TreeSet<>()).add(name);
            }
        });
        if (plans.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(
                plans.entrySet().stream()
                        .map(plan -> plan.getKey() + " of " + String.join(", ", plan.getValue()))
                        .collect(
                                Collectors.joining(
                                        "; ",
                                        "members have different plans: ",
                                        "; what only some know they do alone, and the rest is measured as its owner's definitions say")));
    }
}
