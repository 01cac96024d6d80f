// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.runtime.json.Json;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a slot's samples as JSON. An instance has some forty samples with one and the same metadata, which is most of what
 * they say: it is written once. For one use.
 */
final class MetadataTexts {
    private final IdentityHashMap<Map<String, @Nullable Object>, NestedText> texts = new IdentityHashMap<>();

    NestedText of(Map<String, @Nullable Object> metadata) {
        return texts.computeIfAbsent(metadata, map -> NestedText.of(Json.write(map)));
    }
}
