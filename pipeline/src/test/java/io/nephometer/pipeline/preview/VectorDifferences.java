// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.preview;

import io.nephometer.runtime.json.Json;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The list of vectors whose result is meant to differ from Ceilometer's, with the result that they have. */
final class VectorDifferences {
    private static final String LIST = "vector-differences.json";

    private VectorDifferences() {}

    /** The results by name of the vector. */
    static Map<String, Object> read() {
        Map<String, Object> results = new LinkedHashMap<>();
        try (InputStream stream = VectorDifferences.class.getResourceAsStream(LIST)) {
            if (stream == null || !(Json.parse(stream.readAllBytes()) instanceof Map<?, ?> list)) {
                throw new IllegalStateException("no list of differences: " + LIST);
            }
            list.forEach((name, difference) -> {
                if (difference instanceof Map<?, ?> entry
                        && entry.get("reason") != null
                        && entry.get("result") != null) {
                    results.put(name.toString(), entry.get("result"));
                } else {
                    throw new IllegalStateException(name + " needs a reason and a result");
                }
            });
            return results;
        } catch (Exception e) {
            throw new IllegalStateException(LIST, e);
        }
    }
}
