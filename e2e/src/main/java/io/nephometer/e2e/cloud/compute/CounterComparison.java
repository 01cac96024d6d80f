// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import io.nephometer.e2e.cloud.compute.Counters.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Samples of one instance and slot, held against what the hypervisor said before and after it: each lies between the two. For one
 * thread.
 */
final class CounterComparison {
    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();

    /** What became of one meter, in samples. */
    static final class Row {
        private long expected;
        private long found;
        private long missing;
        private long doubled;
        private long outside;

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

        long outside() {
            return outside;
        }

        private long bad() {
            return missing + doubled + outside;
        }
    }

    /**
     * Compares.
     *
     * @param what instance and slot, for people
     * @param samples all of the instance and slot, by meter and part; those of other meters are not looked at
     */
    void add(String what, Counters before, Counters after, Map<Part, List<Double>> samples) {
        Set<Part> parts = new HashSet<>(before.values().keySet());
        parts.retainAll(after.values().keySet());
        for (Part part : parts) {
            Row row = rows.computeIfAbsent(part.meter(), _ -> new Row());
            List<Double> said = samples.getOrDefault(part, List.of());
            double low = Objects.requireNonNull(before.values().get(part));
            double high = Objects.requireNonNull(after.values().get(part));
            row.expected++;
            row.found += said.size();
            if (said.isEmpty()) {
                row.missing++;
                differ("missing", what, part, low, high, null);
            }
            if (said.size() > 1) {
                row.doubled += said.size() - 1;
                differ("doubled", what, part, low, high, said);
            }
            if (said.stream().anyMatch(value -> value < Math.min(low, high) || value > Math.max(low, high))) {
                row.outside++;
                differ("outside", what, part, low, high, said);
            }
        }
    }

    private void differ(String how, String what, Part part, double low, double high, @Nullable List<Double> said) {
        differences.add(how + ": " + part + " of " + what + ": the hypervisor said " + low + " before and " + high
                + " after, the ledger " + said);
    }

    Map<String, Row> rows() {
        return Map.copyOf(rows);
    }

    List<String> differences() {
        return List.copyOf(differences);
    }

    boolean isClean() {
        return rows.values().stream().allMatch(row -> row.bad() == 0)
                && rows.values().stream().anyMatch(row -> row.expected > 0);
    }

    long found() {
        return rows.values().stream().mapToLong(Row::found).sum();
    }

    long bad() {
        return rows.values().stream().mapToLong(Row::bad).sum();
    }
}
