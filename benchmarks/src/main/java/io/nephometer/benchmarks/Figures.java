// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a benchmark found: where and when, each figure, the ratio to its peer or limit, and whether the goals are met. */
public final class Figures {
    /** What tells {@link Main} that a run failed. */
    static final String FAILED = "failed";

    private final Map<String, Object> tree = new LinkedHashMap<>();
    private final List<Map<String, @Nullable Object>> goals = new ArrayList<>();

    /** Of the benchmark {@code name}. */
    public Figures(String name) {
        tree.put("benchmark", name);
        tree.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        tree.put("machine", Machine.describe());
    }

    /** Adds a figure, a setting or a group of figures. */
    public Figures put(String key, Object value) {
        tree.put(key, value instanceof Double number ? Spread.rounded(number) : value);
        return this;
    }

    /** Adds the figures of several repetitions. */
    public Figures put(String key, Spread spread) {
        tree.put(key, spread.tree());
        return this;
    }

    /** The figure that counts. */
    public Figures ratio(double ratio, String to) {
        put("ratio", ratio);
        return put("ratio_to", to);
    }

    /** What was aimed at; {@code atLeast} tells whether more is better. */
    public Figures goal(String what, double value, double bound, boolean atLeast) {
        Map<String, @Nullable Object> goal = new LinkedHashMap<>();
        goal.put("goal", what);
        goal.put("value", Spread.rounded(value));
        goal.put("bound", Spread.rounded(bound));
        goal.put("met", atLeast ? value >= bound : value <= bound);
        goals.add(goal);
        return this;
    }

    /** What was measured is wrong, not merely less than was aimed at: the run fails. */
    public Figures failed() {
        return put(FAILED, true);
    }

    /** As JSON is written of it. */
    Map<String, Object> tree() {
        Map<String, Object> all = new LinkedHashMap<>(tree);
        all.put("goals", List.copyOf(goals));
        return Collections.unmodifiableMap(all);
    }
}
