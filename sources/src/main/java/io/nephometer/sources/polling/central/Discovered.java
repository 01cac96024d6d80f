// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource that a discovery found.
 *
 * @param id the same for as long as the resource exists: never built of attributes that change
 * @param attributes what the API says of it: plain JSON values by the API's names
 */
public record Discovered(String id, Map<String, @Nullable Object> attributes) {
    public Discovered {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a discovered resource has an id");
        }
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
