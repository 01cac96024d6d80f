// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.model.MeterType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a dynamic pollster found: a sample, but that its volume may be anything yet.
 *
 * @param volume a plain value
 * @param metadata plain values
 */
public record Reading(
        String name,
        MeterType type,
        String unit,
        @Nullable Object volume,
        @Nullable Object userId,
        @Nullable Object projectId,
        @Nullable Object resourceId,
        Map<String, @Nullable Object> metadata) {
    public Reading {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
