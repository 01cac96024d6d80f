// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The drains of one run, by consumer; the n-th drains of all consumers belong together. */
final class DrainTable {
    private final Map<String, List<Map<String, @Nullable Object>>> drains = new LinkedHashMap<>();

    void add(String consumer, Map<String, @Nullable Object> figures) {
        drains.computeIfAbsent(consumer, it -> new ArrayList<>()).add(figures);
    }

    /** The last drain by {@code consumer}, for people. */
    String last(String consumer) {
        Map<String, @Nullable Object> last = of(consumer).getLast();
        return String.format("  %-12s %,8.0f messages/s", consumer, number(last, "per_s"));
    }

    /** The median over all rounds of how much faster {@code consumer} was than {@code other} in the same round. */
    double ratio(String consumer, String other) {
        return ratio(consumer, other, "per_s");
    }

    double ratio(String consumer, String other, String figure) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < of(consumer).size(); round++) {
            ratios.add(
                    number(of(consumer).get(round), figure) / number(of(other).get(round), figure));
        }
        return Spread.of(ratios).median();
    }

    /** The most of a figure in any round. */
    double max(String consumer, String figure) {
        return spread(consumer, figure).max();
    }

    /** Adds a group per consumer. */
    void into(Figures figures) {
        drains.forEach((consumer, rounds) -> {
            Map<String, @Nullable Object> group = new LinkedHashMap<>();
            for (String figure : rounds.getFirst().keySet()) {
                group.put(figure, spread(consumer, figure).tree());
            }
            figures.put(consumer, group);
        });
    }

    private Spread spread(String consumer, String figure) {
        return Spread.of(of(consumer).stream().map(it -> number(it, figure)).toList());
    }

    private List<Map<String, @Nullable Object>> of(String consumer) {
        List<Map<String, @Nullable Object>> rounds = drains.get(consumer);
        if (rounds == null) {
            throw new IllegalArgumentException(consumer + " drained nothing");
        }
        return rounds;
    }

    private static double number(Map<String, @Nullable Object> figures, String key) {
        if (figures.get(key) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("no figure " + key + " in " + figures);
    }
}
