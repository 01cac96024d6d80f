// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another cache, whose seat can be made to refuse what refreshes record. */
final class FailingCache implements SharedCache {
    private final SharedCache cache;
    private volatile boolean fails;

    FailingCache(SharedCache cache) {
        this.cache = cache;
    }

    void fail(boolean now) {
        fails = now;
    }

    @Override
    public Optional<RefresherSeat> takeSeat(String holder, Duration ttl) throws SharedCacheException {
        return cache.takeSeat(holder, ttl).map(this::failing);
    }

    private RefresherSeat failing(RefresherSeat seat) {
        return (RefresherSeat) Proxy.newProxyInstance(
                RefresherSeat.class.getClassLoader(), new Class<?>[] {RefresherSeat.class}, (_, method, arguments) -> {
                    if (fails
                            && (method.getName().equals("record")
                                    || method.getName().equals("show"))) {
                        throw new SharedCacheException("made to fail");
                    }
                    try {
                        return method.invoke(seat, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Head head() throws SharedCacheException {
        return cache.head();
    }

    @Override
    public HostView host(String host, @Nullable Edition known) throws SharedCacheException {
        return cache.host(host, known);
    }

    @Override
    public Map<String, KnownInstance> instances(Collection<String> ids) throws SharedCacheException {
        return cache.instances(ids);
    }

    @Override
    public Map<String, String> catalog(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException {
        return cache.catalog(shelf, ids);
    }

    @Override
    public List<Amended> amend(List<Amendment> amendments) throws SharedCacheException {
        return cache.amend(amendments);
    }

    @Override
    public void wantRefresh(String reason) throws SharedCacheException {
        cache.wantRefresh(reason);
    }

    @Override
    public void close() {
        cache.close();
    }
}
