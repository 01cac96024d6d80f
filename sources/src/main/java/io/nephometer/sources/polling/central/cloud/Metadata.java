// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.sources.polling.central.Discovered;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a resource goes with its samples. */
@FunctionalInterface
interface Metadata {
    Map<String, @Nullable Object> of(Discovered resource);

    /** Attributes under their own names; null where the API says nothing. */
    static Metadata attributes(String... names) {
        return resource -> {
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
            for (String name : names) {
                metadata.put(name, resource.attributes().get(name));
            }
            return metadata;
        };
    }

    /** With one more, found by a rule. */
    default Metadata with(String name, Attribute attribute) {
        return resource -> {
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>(of(resource));
            metadata.put(name, attribute.of(resource.attributes()));
            return metadata;
        };
    }

    /** Finds a value in what the API says. */
    @FunctionalInterface
    interface Attribute {
        @Nullable Object of(Map<String, @Nullable Object> attributes);
    }
}
