// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ids of servers that were deleted, for as long as a late answer may still show them alive. Not thread-safe. */
final class Tombstones {
    private final Map<String, Long> expiries = new LinkedHashMap<>();
    private final Duration life;
    private final int bound;

    /** @param bound beyond it, the oldest is forgotten */
    Tombstones(Duration life, int bound) {
        this.life = life;
        this.bound = bound;
    }

    void add(String id, long now) {
        expiries.remove(id); // so that the order is that of expiry
        expiries.put(id, now + life.toNanos());
        if (expiries.size() > bound) {
            expiries.remove(expiries.keySet().iterator().next());
        }
    }

    boolean has(String id) {
        return expiries.containsKey(id);
    }

    void expire(long now) {
        Iterator<Long> oldestFirst = expiries.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next() - now <= 0) {
            oldestFirst.remove();
        }
    }

    int size() {
        return expiries.size();
    }
}
