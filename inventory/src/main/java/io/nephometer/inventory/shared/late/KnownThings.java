// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.late;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.Told;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The flavors or images of the shared cache that were asked for in the last minute. Thread-safe; no lock is held while it asks. */
final class KnownThings<T> {
    private static final long LIFE = Duration.ofMinutes(1).toNanos();
    private static final int BOUND = 10_000;

    private final SharedCache cache;
    private final CatalogShelf shelf;
    private final Reader<T> reader;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();

    /** The oldest first. */
    @GuardedBy("lock") private final Map<String, Known<T>> known = new LinkedHashMap<>();

    /** How a body is read. */
    @FunctionalInterface
    interface Reader<T> {
        Told<T> read(String body) throws BodyException;
    }

    private record Known<T>(Optional<T> thing, long until) {}

    KnownThings(SharedCache cache, CatalogShelf shelf, Reader<T> reader, Ticker ticker) {
        this.cache = cache;
        this.shelf = shelf;
        this.reader = reader;
        this.ticker = ticker;
    }

    /** Those that there are. */
    Map<String, T> find(Collection<String> ids) throws SharedCacheException {
        Map<String, T> found = new HashMap<>();
        List<String> asked = new ArrayList<>();
        for (String id : ids) {
            Optional<Known<T>> one = remembered(id);
            if (one.isEmpty()) {
                asked.add(id);
            } else {
                one.get().thing().ifPresent(thing -> found.put(id, thing));
            }
        }
        if (!asked.isEmpty()) {
            Map<String, String> bodies = cache.catalog(shelf, asked);
            for (String id : asked) {
                Optional<T> thing = read(bodies, id);
                remember(id, thing);
                thing.ifPresent(present -> found.put(id, present));
            }
        }
        return found;
    }

    private Optional<T> read(Map<String, String> bodies, String id) {
        String body = bodies.get(id);
        try {
            return body == null ? Optional.empty() : reader.read(body).thing();
        } catch (BodyException e) {
            return Optional.empty(); // of another program; the refresher will write it anew
        }
    }

    private Optional<Known<T>> remembered(String id) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(id)).filter(one -> ticker.nanos() - one.until() < 0);
        } finally {
            lock.unlock();
        }
    }

    private void remember(String id, Optional<T> thing) {
        lock.lock();
        try {
            known.remove(id);
            known.put(id, new Known<>(thing, ticker.nanos() + LIFE));
            if (known.size() > BOUND) {
                known.remove(known.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
