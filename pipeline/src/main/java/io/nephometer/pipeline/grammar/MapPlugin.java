// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.grammar;

import io.nephometer.pipeline.jsonpath.Match;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces each value by what a table says.
 *
 * @param table by value in canonical form, texts in lower case unless {@code caseSensitive}
 * @param otherwise for values that are not in the table; null to give nothing
 */
record MapPlugin(
        Map<Object, @Nullable Object> table, @Nullable Object otherwise, boolean caseSensitive) implements FieldPlugin {
    static final String NAME = "map";

    MapPlugin {
        Map<Object, @Nullable Object> keyed = new HashMap<>();
        table.forEach((key, value) -> keyed.put(key(key, caseSensitive), value));
        table = Collections.unmodifiableMap(keyed);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<@Nullable Object> apply(List<Match> matches) {
        return matches.stream()
                .<@Nullable Object>map(match -> mapped(match.value()))
                .toList();
    }

    private @Nullable Object mapped(@Nullable Object value) {
        if (value == null) {
            return otherwise;
        }
        Object key = key(value, caseSensitive);
        return table.containsKey(key) ? table.get(key) : otherwise;
    }

    private static Object key(Object value, boolean caseSensitive) {
        if (value instanceof String text) {
            return caseSensitive ? text : text.toLowerCase(Locale.ROOT);
        }
        Object canonical = PlainValue.canonical(value);
        return canonical == null ? value : canonical;
    }
}
