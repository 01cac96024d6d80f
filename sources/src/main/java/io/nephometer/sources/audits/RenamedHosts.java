// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of the instances that were measured on another host than before stayed where they were: the inventory has them on the same host, or the
 * same hypervisor, as then, and they were not started since. Their host, or its agent, is called otherwise.
 */
final class RenamedHosts {
    private final Inventory inventory;

    RenamedHosts(Inventory inventory) {
        this.inventory = inventory;
    }

    /**
     * Those that stayed; of whom the inventory does not know it for certain, did not.
     *
     * @param period at whose end it has to be so
     * @throws AuditException if nobody answers
     */
    Set<CounterSeries.Elsewhere> of(Period period, Collection<CounterSeries.Elsewhere> seen) throws AuditException {
        Set<CounterSeries.Elsewhere> stayed = new HashSet<>();
        if (!seen.isEmpty()) {
            Map<String, InstanceVersion> now = known(period, instances(seen), period.end());
            Map<Instant, List<CounterSeries.Elsewhere>> byTime = seen.stream()
                    .collect(Collectors.groupingBy(CounterSeries.Elsewhere::left, TreeMap::new, Collectors.toList()));
            for (Map.Entry<Instant, List<CounterSeries.Elsewhere>> one : byTime.entrySet()) {
                Map<String, InstanceVersion> then = then(one.getKey(), one.getValue(), period.end());
                one.getValue().stream()
                        .filter(each -> stayed(then.get(each.instance()), now.get(each.instance()), each.left()))
                        .forEach(stayed::add);
            }
        }
        return stayed;
    }

    private static Set<String> instances(Collection<CounterSeries.Elsewhere> seen) {
        return seen.stream().map(CounterSeries.Elsewhere::instance).collect(Collectors.toSet());
    }

    private Map<String, InstanceVersion> then(Instant left, List<CounterSeries.Elsewhere> seen, Instant needed)
            throws AuditException {
        Period moment = new Period(left, left.plus(1, ChronoUnit.MICROS));
        Map<String, InstanceVersion> then = known(moment, instances(seen), needed);
        then.values().removeIf(version -> version.since().isAfter(left));
        return then;
    }

    /** How instances were at the end of a period, as far as that is certain. */
    private Map<String, InstanceVersion> known(Period period, Set<String> instances, Instant needed)
            throws AuditException {
        Inventory.Window window = inventory.window(period, instances, needed);
        Map<String, InstanceVersion> known = new TreeMap<>();
        if (window.place().isCompleteUpTo(needed)) {
            window.instances().forEach(version -> known.put(version.id(), version));
            window.unsure().forEach(known::remove);
        }
        return known;
    }

    private static boolean stayed(@Nullable InstanceVersion then, @Nullable InstanceVersion now, Instant left) {
        return then != null
                && now != null
                && (now.launched() == null || !now.launched().isAfter(left))
                && (isSame(then.host(), now.host()) || isSame(node(then), node(now)));
    }

    private static @Nullable Object node(InstanceVersion version) {
        return version.fields().get("node");
    }

    private static boolean isSame(@Nullable Object then, @Nullable Object now) {
        return then != null && Objects.equals(then, now);
    }
}
