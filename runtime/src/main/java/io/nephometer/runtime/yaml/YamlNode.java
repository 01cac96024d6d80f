// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a YAML file that knows its line. */
public sealed interface YamlNode {
    /** Where the piece starts, counted from 1. */
    int line();

    /** The content alone: as {@link Scalar#value}, lists and maps of it. */
    @Nullable Object plain();

    /**
     * A single value.
     *
     * @param value null, Boolean, Long, BigInteger, Double, String or {@link YamlDate}
     */
    record Scalar(@Nullable Object value, int line) implements YamlNode {
        @Override
        public @Nullable Object plain() {
            return value;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, int line) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public @Nullable Object plain() {
            List<@Nullable Object> list = new ArrayList<>();
            items.forEach(item -> list.add(item.plain()));
            return list;
        }
    }

    /**
     * A map with merges carried out; of a key given twice the last value counts.
     *
     * @param entries in the order of the file, by scalar key
     */
    record Mapping(Map<Object, YamlNode> entries, int line) implements YamlNode {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** What {@code key} holds; null if there is no such key. */
        public @Nullable YamlNode get(String key) {
            return entries.get(key);
        }

        @Override
        public @Nullable Object plain() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            entries.forEach((key, value) -> map.put(key.toString(), value.plain()));
            return map;
        }
    }

    /** A date or time without quotes. It is no text: nothing in a definition can use it. */
    record YamlDate(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Whether this counts as nothing: null, false, zero, or empty. */
    default boolean isFalsy() {
        return switch (this) {
            case Scalar scalar -> isFalsy(scalar.value());
            case Sequence sequence -> sequence.items().isEmpty();
            case Mapping mapping -> mapping.entries().isEmpty();
        };
    }

    private static boolean isFalsy(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean truth -> !truth;
            case String text -> text.isEmpty();
            case Long number -> number == 0;
            case BigInteger number -> number.signum() == 0;
            case Double number -> number == 0.0;
            default -> false;
        };
    }
}
