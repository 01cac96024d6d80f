// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of one map of a payload. Nova writes what there is not as null in one format and as an empty text in the other. */
record Payload(Map<?, ?> values) {
    static Optional<Payload> of(@Nullable Object tree) {
        return tree instanceof Map<?, ?> map ? Optional.of(new Payload(map)) : Optional.empty();
    }

    /** What is in an object of the versioned format. */
    static Optional<Payload> ofVersioned(@Nullable Object tree) {
        return of(tree).flatMap(wrapper -> of(wrapper.values.get("nova_object.data")));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Null for an empty one too. */
    @Nullable String text(String key) {
        return values.get(key) instanceof String text && !text.isEmpty() ? text : null;
    }

    /** 0 if there is none. */
    int number(String key) {
        return values.get(key) instanceof Number number ? number.intValue() : 0;
    }

    @Nullable Object object(String key) {
        return values.get(key);
    }

    Map<String, String> texts(String key) {
        Map<String, String> texts = new HashMap<>();
        if (values.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    List<String> textList(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
