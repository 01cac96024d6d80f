// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.definition;

import io.nephometer.model.MeterType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a further request has of the definition that it belongs to, where it says nothing itself.
 *
 * @param source null if that definition has none that can be used
 * @param level how many definitions are around it
 */
record Inherited(
        MeterType type,
        String unit,
        @Nullable VolumeSource source,
        Duration cached,
        List<Map<String, @Nullable Object>> skipped,
        int level) {}
