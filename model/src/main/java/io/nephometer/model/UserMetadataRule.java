// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the metadata that users give to their resources becomes metadata of samples.
 *
 * @param namespaces prefixes of keys that are taken, without the prefix
 * @param keys taken as they are
 * @param maxLength of texts, in characters; what is longer is cut
 */
public record UserMetadataRule(List<String> namespaces, List<String> keys, int maxLength) {
    public UserMetadataRule {
        namespaces = List.copyOf(namespaces);
        keys = List.copyOf(keys);
    }

    /**
     * What is taken of {@code given}, with dots in keys replaced by underscores.
     *
     * @param metadata of the sample; its keys are not taken again
     */
    public Map<String, @Nullable Object> of(Map<?, ?> given, Map<String, @Nullable Object> metadata) {
        Map<String, @Nullable Object> taken = new LinkedHashMap<>();
        for (String namespace : namespaces) {
            given.forEach((key, value) -> {
                if (key instanceof String name && name.startsWith(namespace)) {
                    take(name.substring(namespace.length()), value, metadata, taken);
                }
            });
        }
        for (String key : keys) {
            if (given.containsKey(key)) {
                take(key, given.get(key), metadata, taken);
            }
        }
        return taken;
    }

    private void take(
            String key,
            @Nullable Object value,
            Map<String, @Nullable Object> metadata,
            Map<String, @Nullable Object> taken) {
        String name = key.replace('.', '_');
        if (!metadata.containsKey(name)) {
            taken.put(name, value instanceof String text ? cut(text) : value);
        }
    }

    private String cut(String text) {
        boolean fits = text.length() <= maxLength || text.codePointCount(0, text.length()) <= maxLength;
        return fits ? text : text.substring(0, text.offsetByCodePoints(0, maxLength));
    }
}
