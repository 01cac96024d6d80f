// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rosters in memory. */
final class KeptRosters implements Rosters {
    private record Kept(Instant began, String content) {}

    private final Map<String, Kept> kept = new HashMap<>();

    @Override
    public synchronized void put(String name, Instant slotStart, String content) {
        kept.merge(
                name, new Kept(slotStart, content), (old, next) -> old.began().isAfter(next.began()) ? old : next);
    }

    @Override
    public synchronized @Nullable String newest(String name) {
        Kept newest = kept.get(name);
        return newest == null ? null : newest.content();
    }
}
