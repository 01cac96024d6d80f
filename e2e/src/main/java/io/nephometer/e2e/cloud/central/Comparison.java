// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import io.nephometer.e2e.cloud.central.Facts.Value;
import io.nephometer.e2e.cloud.central.Facts.What;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Samples of slots, held against what the APIs said around each of them: a sample may say what any of the listings said that were
 * taken while the slot lasted, last before it, or first after it; and what all of these have must be there. For one thread.
 */
final class Comparison {
    private final List<Facts> facts;
    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    /** @param facts in the order in which they were found, the first before the first slot and the last after the last */
    Comparison(List<Facts> facts) {
        this.facts = List.copyOf(facts);
    }

    /** What became of one meter, in samples. */
    static final class Row {
        private long expected;
        private long found;
        private long missing;
        private long doubled;
        private long wrong;
        private long unexpected;

        long expected() {
            return expected;
        }

        long found() {
            return found;
        }

        long missing() {
            return missing;
        }

        long doubled() {
            return doubled;
        }

        long wrong() {
            return wrong;
        }

        long unexpected() {
            return unexpected;
        }

        private long bad() {
            return missing + doubled + wrong + unexpected;
        }
    }

    /** Compares one slot, once. */
    void add(Slot slot, List<Sample> samples) {
        List<Facts> around = around(slot);
        Map<What, List<Value>> said = new HashMap<>();
        for (Sample sample : samples) {
            What what = new What(sample.meter().name(), Objects.requireNonNullElse(sample.resourceId(), ""));
            Value value = new Value(sample.volume().doubleValue(), Objects.requireNonNullElse(sample.projectId(), ""));
            said.computeIfAbsent(what, _ -> new ArrayList<>()).add(value);
        }
        Set<What> all = new HashSet<>(said.keySet());
        around.forEach(facts -> all.addAll(facts.values().keySet()));
        all.stream().sorted().forEach(what -> one(slot, what, around, said.getOrDefault(what, List.of())));
    }

    private List<Facts> around(Slot slot) {
        int first = 0;
        int last = facts.size() - 1;
        while (first < last && facts.get(first + 1).ended().isBefore(slot.start())) {
            first++;
        }
        while (last > first && facts.get(last - 1).began().isAfter(slot.end())) {
            last--;
        }
        return facts.subList(first, last + 1);
    }

    private void one(Slot slot, What what, List<Facts> around, List<Value> said) {
        Row row = rows.computeIfAbsent(what.meter(), _ -> new Row());
        List<Value> allowed = around.stream()
                .filter(facts -> facts.values().containsKey(what))
                .map(facts -> Objects.requireNonNull(facts.values().get(what)))
                .distinct()
                .toList();
        boolean required = around.stream().allMatch(facts -> facts.values().containsKey(what));
        row.expected += required ? 1 : 0;
        row.found += said.size();
        if (said.isEmpty()) {
            if (required) {
                row.missing++;
                differ("missing", slot, what, allowed, said);
            }
        } else if (allowed.isEmpty()) {
            row.unexpected++;
            differ("unexpected", slot, what, allowed, said);
        } else if (!allowed.containsAll(said)) {
            row.wrong++;
            differ("wrong", slot, what, allowed, said);
        }
        if (said.size() > 1) {
            row.doubled += said.size() - 1;
            differ("doubled", slot, what, allowed, said);
        }
    }

    private void differ(String how, Slot slot, What what, List<Value> allowed, List<Value> said) {
        differences.add(how + " in " + slot.start() + ": " + what.meter() + " of " + what.resource() + ": the API says "
                + allowed + ", the ledger " + said);
    }

    /** By meter. */
    Map<String, Row> rows() {
        return Map.copyOf(rows);
    }

    List<String> differences() {
        return List.copyOf(differences);
    }

    /** Whether the same was said, once, and at all. */
    boolean isClean() {
        return rows.values().stream().allMatch(row -> row.bad() == 0)
                && rows.values().stream().anyMatch(row -> row.expected > 0);
    }

    /** Sums over all meters. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("expected", rows.values().stream().mapToLong(Row::expected).sum());
        summary.put("found", rows.values().stream().mapToLong(Row::found).sum());
        summary.put("missing", rows.values().stream().mapToLong(Row::missing).sum());
        summary.put("doubled", rows.values().stream().mapToLong(Row::doubled).sum());
        summary.put("wrong", rows.values().stream().mapToLong(Row::wrong).sum());
        summary.put(
                "unexpected", rows.values().stream().mapToLong(Row::unexpected).sum());
        return summary;
    }
}
