// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.model.Meter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value before it is a sample.
 *
 * @param volume a Long or a finite Double
 * @param resourceId what was measured, which may be a part of what was discovered
 * @param metadata plain JSON values
 */
public record MeasuredValue(
        Meter meter,
        Number volume,
        String resourceId,
        @Nullable String projectId,
        @Nullable String userId,
        Map<String, @Nullable Object> metadata) {
    public MeasuredValue {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
