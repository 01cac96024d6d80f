// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts events since the start. Not thread-safe: belongs to the refresh that is under way. */
final class SharedTally {
    private final Map<SharedEvent, Long> counts = new EnumMap<>(SharedEvent.class);

    void count(SharedEvent event) {
        count(event, 1);
    }

    void count(SharedEvent event, long times) {
        counts.merge(event, times, Long::sum);
    }

    Map<String, Long> byLabel() {
        Map<String, Long> labelled = new LinkedHashMap<>();
        for (SharedEvent event : SharedEvent.values()) {
            labelled.put(event.label(), counts.getOrDefault(event, 0L));
        }
        return labelled;
    }
}
