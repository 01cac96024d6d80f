// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.config;

import java.util.List;
import java.util.Map;

/**
 * A configuration in force.
 *
 * @param value the root record
 * @param origins where each value came from, by its full key
 * @param warnings what is odd but does no harm
 */
public record Loaded<R extends Record>(R value, Map<String, Origin> origins, List<Problem> warnings) {
    public Loaded {
        origins = Map.copyOf(origins);
        warnings = List.copyOf(warnings);
    }

    /** The values in force as YAML, each with its origin, secrets masked. */
    public String effective() {
        return EffectiveText.of(value, origins);
    }
}
