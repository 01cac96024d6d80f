// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Things of one kind by id, or that there are none, each for its time. What is over its time stays until it was asked for again, so
 * that a service that is down takes nothing away. Beyond the bound, what was used longest ago goes. Not thread-safe.
 */
final class Shelf<T> {
    private final String name;
    private final Duration life;
    private final Duration absence;
    private final int bound;
    private final Map<String, Entry<T>> entries = new LinkedHashMap<>(16, 0.75f, true);

    private record Entry<T>(Known<T> known, long expiry) {}

    /**
     * An empty shelf.
     *
     * @param name sets its expiries apart from those of other hosts
     * @param life of what there is; up to a quarter less, by name and id
     * @param absence how long it is remembered that there is none
     */
    Shelf(String name, Duration life, Duration absence, int bound) {
        this.name = name;
        this.life = life;
        this.absence = absence;
        this.bound = bound;
    }

    int bound() {
        return bound;
    }

    /** What is known of {@code id}, also over its time; null if nothing. Makes it the one used last. */
    @Nullable Known<T> find(String id) {
        Entry<T> entry = entries.get(id);
        return entry == null ? null : entry.known();
    }

    /** Whether {@code id} has to be asked for. */
    boolean isDue(String id, long now) {
        Entry<T> entry = entries.get(id);
        return entry == null || now - entry.expiry() >= 0;
    }

    void put(String id, Optional<T> value, Instant at, long now) {
        Duration time = value.isPresent() ? Spread.shorten(life, 0.75, name + "/" + id) : absence;
        entries.put(id, new Entry<>(new Known<>(value, at, now), now + time.toNanos()));
        if (entries.size() > bound) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    /** Forgets what is over its time and not in use. */
    void expire(Set<String> inUse, long now) {
        entries.entrySet()
                .removeIf(entry -> !inUse.contains(entry.getKey())
                        && now - entry.getValue().expiry() >= 0);
    }

    void clear() {
        entries.clear();
    }

    /** A copy for readers. */
    Map<String, Known<T>> copy() {
        Map<String, Known<T>> copy = new HashMap<>();
        entries.forEach((id, entry) -> copy.put(id, entry.known()));
        return Map.copyOf(copy);
    }
}
