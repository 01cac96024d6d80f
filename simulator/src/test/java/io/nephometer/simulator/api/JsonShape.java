// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which types of values a JSON text has, by path; keys that users choose are one path. */
final class JsonShape {
    private static final Set<String> FREE_KEYS =
            Set.of("metadata", "extra_specs", "addresses", "image_meta", "properties");

    private JsonShape() {}

    static Map<String, Set<String>> of(String json) {
        try {
            return ofTree(Json.parse(json));
        } catch (JsonException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }

    static Map<String, Set<String>> ofTree(@Nullable Object tree) {
        Map<String, Set<String>> shape = new TreeMap<>();
        add(shape, "", tree, false);
        return shape;
    }

    private static void add(Map<String, Set<String>> shape, String path, @Nullable Object value, boolean free) {
        shape.computeIfAbsent(path, key -> new TreeSet<>()).add(type(value));
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) ->
                    add(shape, path + "." + (free ? "*" : key), element, FREE_KEYS.contains(String.valueOf(key))));
        } else if (value instanceof List<?> list) {
            list.forEach(element -> add(shape, path + "[]", element, false));
        }
    }

    private static String type(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> "text";
            case Boolean truth -> "boolean";
            case Long number -> "integer";
            case Double number -> "float";
            case Map<?, ?> map -> "object";
            case List<?> list -> "list";
            default -> value.getClass().getSimpleName();
        };
    }
}
