// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.BodyException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** How long it takes from a change that has an event until the shared cache shows it. */
final class Feeding {
    /** An event that comes later than this after a change is about something else. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);

    private final SharedCache cache;
    private final Truth truth;
    private final EventFeed feed;
    private final Map<String, Instant> awaited = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final Ages visible = new Ages();
    private long untold;

    /** @param feed brings what happens into the cache */
    Feeding(SharedCache cache, Truth truth, EventFeed feed) {
        this.cache = cache;
        this.truth = truth;
        this.feed = feed;
    }

    /** A second has passed, in which these have changed. */
    void look(Set<String> changed, Instant now) throws SharedCacheException, BodyException {
        changed.forEach(id -> awaited.putIfAbsent(id, now));
        feed.tell().stream().filter(awaited::containsKey).forEach(told::add);
        if (!cache.head().isFilled()) {
            forget();
            return;
        }
        Map<String, KnownInstance> known = cache.instances(told);
        for (Iterator<String> ids = told.iterator(); ids.hasNext(); ) {
            String id = ids.next();
            if (truth.isShownBy(id, known.get(id))) {
                visible.add(Duration.between(awaited.getOrDefault(id, now), now), 1);
                awaited.remove(id);
                ids.remove();
            }
        }
        dropUntold(now);
    }

    /** Whoever fills the cache for the first time reads it all. */
    private void forget() {
        awaited.clear();
        told.clear();
    }

    private void dropUntold(Instant now) {
        int before = awaited.size();
        awaited.entrySet()
                .removeIf(entry -> !told.contains(entry.getKey())
                        && entry.getValue().plus(TOLD_WITHIN).isBefore(now));
        untold += before - awaited.size();
    }

    /** What is not visible yet counts as becoming so now. */
    void end(Instant now) {
        told.forEach(id -> visible.add(Duration.between(awaited.getOrDefault(id, now), now), 1));
        forget();
    }

    Ages visible() {
        return visible;
    }

    /** Changes without an event. */
    long untold() {
        return untold;
    }
}
