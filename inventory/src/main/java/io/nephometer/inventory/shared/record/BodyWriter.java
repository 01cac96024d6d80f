// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the fields of a body. What is null or empty is left out. */
final class BodyWriter {
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    BodyWriter put(String name, @Nullable Object value) {
        Object plain = plain(value);
        if (plain != null) {
            fields.put(name, plain);
        }
        return this;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant.toString();
            case Duration duration -> duration.toString();
            case Enum<?> constant -> constant.name();
            case Map<?, ?> map when map.isEmpty() -> null;
            case Collection<?> list when list.isEmpty() -> null;
            default -> value;
        };
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }
}
