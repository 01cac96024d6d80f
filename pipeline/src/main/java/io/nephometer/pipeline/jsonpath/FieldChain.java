// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path that only follows names down from the top, such as {@code $.payload.image_meta.base_image_ref}. */
final class FieldChain {
    private final String[] names;
    private final String path;

    private FieldChain(List<String> names) {
        this.names = names.toArray(new String[0]);
        this.path = String.join(".", names);
    }

    /** Adds the chains that {@code path} is a union of; false when it is anything else. */
    static boolean collect(Path path, List<FieldChain> chains) {
        if (path instanceof Combination.Union(Path left, Path right)) {
            return collect(left, chains) && collect(right, chains);
        }
        List<String> names = new ArrayList<>();
        if (!follow(path, names) || names.isEmpty()) {
            return false;
        }
        chains.add(new FieldChain(names));
        return true;
    }

    private static boolean follow(Path path, List<String> names) {
        return switch (path) {
            case Steps.Root _, Steps.This _ -> names.isEmpty();
            case Steps.Fields fields
            when fields.isSingle() -> names.add(fields.names().getFirst());
            case Combination.Child(Path left, Path right) ->
                follow(left, names) && !(right instanceof Steps.Root) && follow(right, names);
            default -> false;
        };
    }

    List<Match> find(@Nullable Object tree) {
        Object value = tree;
        for (String name : names) {
            if (!(value instanceof Map<?, ?> map)) {
                return List.of();
            }
            value = map.get(name);
            if (value == null && !map.containsKey(name)) {
                return List.of();
            }
        }
        return List.of(new Match(path, value));
    }

    /** Adds the value that {@link #find} would find. */
    void collect(@Nullable Object tree, List<@Nullable Object> values) {
        Object value = tree;
        for (String name : names) {
            if (!(value instanceof Map<?, ?> map)) {
                return;
            }
            value = map.get(name);
            if (value == null && !map.containsKey(name)) {
                return;
            }
        }
        values.add(value);
    }
}
