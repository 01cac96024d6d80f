// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of several repetitions of one thing. The machine is never quiet: the median is what counts. */
public record Spread(double min, double median, double max) {
    /** Of at least one value. */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(sorted.getFirst(), median, sorted.getLast());
    }

    /** As it stands in the JSON of a benchmark. */
    public Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("min", rounded(min));
        tree.put("median", rounded(median));
        tree.put("max", rounded(max));
        return tree;
    }

    /** To four digits that count, or to the unit where there are more. */
    static Number rounded(double value) {
        if (Math.abs(value) >= 1000) {
            return Math.round(value);
        }
        double unit = Math.pow(10, Math.max(0, 3 - Math.floor(Math.log10(Math.max(1e-9, Math.abs(value))))));
        return Math.round(value * unit) / unit;
    }
}
