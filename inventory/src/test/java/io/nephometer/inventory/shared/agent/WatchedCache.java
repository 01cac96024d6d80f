// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Edition;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A shared cache whose round trips are counted, and which can be made unreachable. */
final class WatchedCache implements SharedCache {
    private final SharedCache cache;
    private final AtomicLong trips = new AtomicLong();
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong catalogs = new AtomicLong();
    private volatile boolean away;
    private volatile boolean catalogAway;

    WatchedCache(SharedCache cache) {
        this.cache = cache;
    }

    void away(boolean isAway) {
        away = isAway;
    }

    void catalogAway(boolean isAway) {
        catalogAway = isAway;
    }

    /** Round trips of all kinds. */
    long trips() {
        return trips.get();
    }

    /** Entries that were carried to readers. */
    long entries() {
        return entries.get();
    }

    /** Of the round trips, those for flavors and images. */
    long catalogs() {
        return catalogs.get();
    }

    private void go(boolean isAway) throws SharedCacheException {
        trips.incrementAndGet();
        if (isAway) {
            throw new SharedCacheException("redis.example.org:6379 refused the connection");
        }
    }

    @Override
    public Head head() throws SharedCacheException {
        go(away);
        return cache.head();
    }

    @Override
    public HostView host(String host, @Nullable Edition known) throws SharedCacheException {
        go(away);
        HostView view = cache.host(host, known);
        entries.addAndGet(view.entries() == null ? 0 : view.entries().size());
        return view;
    }

    @Override
    public Map<String, KnownInstance> instances(Collection<String> ids) throws SharedCacheException {
        go(away);
        return cache.instances(ids);
    }

    @Override
    public Map<String, String> catalog(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException {
        catalogs.incrementAndGet();
        go(away || catalogAway);
        return cache.catalog(shelf, ids);
    }

    @Override
    public List<Amended> amend(List<Amendment> amendments) throws SharedCacheException {
        go(away);
        return cache.amend(amendments);
    }

    @Override
    public void wantRefresh(String reason) throws SharedCacheException {
        go(away);
        cache.wantRefresh(reason);
    }

    @Override
    public Optional<RefresherSeat> takeSeat(String holder, String cloud, Duration ttl) throws SharedCacheException {
        go(away);
        return cache.takeSeat(holder, cloud, ttl);
    }

    @Override
    public void close() {
        cache.close();
    }
}
