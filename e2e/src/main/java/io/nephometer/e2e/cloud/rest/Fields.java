// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.rest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into what was read of JSON. What is not there, or is something else, is empty. */
public final class Fields {
    private Fields() {}

    /** The object that this is. */
    public static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The objects in the list that this is. */
    public static List<Map<?, ?>> list(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().<Map<?, ?>>map(Fields::map).toList()
                : List.of();
    }

    /** The text that this is; numbers and truths as JSON writes them, null as an empty text. */
    public static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
