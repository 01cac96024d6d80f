// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A configuration text as a tree, each node with the place where it was written. */
sealed interface ConfigNode {
    Origin origin();

    /**
     * A single value.
     *
     * @param text null if nothing was written, or {@code null}
     */
    record Scalar(@Nullable String text, Origin origin) implements ConfigNode {}

    /** A list. */
    record Items(List<ConfigNode> items, Origin origin) implements ConfigNode {}

    /** A map, in the order of the file. */
    record Keys(Map<String, ConfigNode> entries, Origin origin) implements ConfigNode {
        public Keys {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        static Keys empty(Origin origin) {
            return new Keys(Map.of(), origin);
        }

        Keys with(String key, ConfigNode value) {
            Map<String, ConfigNode> changed = new LinkedHashMap<>(entries);
            changed.put(key, value);
            return new Keys(changed, origin);
        }
    }

    /** The kind of node, for error messages; never its content, which may be a secret. */
    default String kind() {
        return switch (this) {
            case Scalar(String text, Origin _) -> text == null ? "nothing" : "a single value";
            case Items _ -> "a list";
            case Keys _ -> "a section";
        };
    }
}
