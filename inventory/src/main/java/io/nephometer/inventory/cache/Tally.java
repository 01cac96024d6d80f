// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts events since the start. Not thread-safe: belongs to the refresh that is under way. */
final class Tally {
    private final Map<CacheEvent, Long> counts = new EnumMap<>(CacheEvent.class);

    Tally() {
        for (CacheEvent event : CacheEvent.values()) {
            counts.put(event, 0L);
        }
    }

    void count(CacheEvent event) {
        count(event, 1);
    }

    void count(CacheEvent event, long times) {
        counts.merge(event, times, Long::sum);
    }

    long of(CacheEvent event) {
        return counts.getOrDefault(event, 0L);
    }

    /** Servers that left, for whatever reason. */
    long left() {
        return of(CacheEvent.DELETED) + of(CacheEvent.MOVED_AWAY) + of(CacheEvent.NOT_LISTED);
    }

    Map<String, Long> byLabel() {
        Map<String, Long> labelled = new HashMap<>();
        counts.forEach((event, count) -> labelled.put(event.label(), count));
        return labelled;
    }
}
