// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A shared cache that neither gives nor takes anything while it is that of another cloud. Whose it is is looked at before each question and
 * each change of instances: a brief further one, unless the process knows nothing to compare. One that will know does not change
 * instances before. Flavors and images belong to instances that were read. Thread-safe.
 */
public final class OwnCache implements SharedCache {
    private final SharedCache cache;
    private final ExpectedCloud expected;

    /** @param cache closed with this */
    public OwnCache(SharedCache cache, ExpectedCloud expected) {
        this.cache = cache;
        this.expected = expected;
    }

    private void check() throws SharedCacheException {
        if (expected.isKnown()) {
            expected.check(cache.head().cloud());
        }
    }

    /** Whosever it is, so that somebody can see it. */
    @Override
    public Head head() throws SharedCacheException {
        return cache.head();
    }

    @Override
    public HostView host(String host, @Nullable Edition known) throws SharedCacheException {
        HostView view = cache.host(host, known);
        expected.check(view.head().cloud());
        return view;
    }

    @Override
    public Map<String, KnownInstance> instances(Collection<String> ids) throws SharedCacheException {
        check();
        return cache.instances(ids);
    }

    @Override
    public Map<String, String> catalog(CatalogShelf shelf, Collection<String> ids) throws SharedCacheException {
        return cache.catalog(shelf, ids);
    }

    @Override
    public List<Amended> amend(List<Amendment> amendments) throws SharedCacheException {
        expected.checkKnown();
        check();
        return cache.amend(amendments);
    }

    @Override
    public void wantRefresh(String reason) throws SharedCacheException {
        expected.checkKnown();
        check();
        cache.wantRefresh(reason);
    }

    /** Who does not know yet, or no longer, what Keystone says takes it without, and gives it back if it is that of another cloud. */
    @Override
    public Optional<RefresherSeat> takeSeat(String holder, String cloud, Duration ttl) throws SharedCacheException {
        expected.checkNamed(cache.head().cloud());
        if (!cloud.equals(ANY_CLOUD)) {
            expected.check(cloud);
        }
        return cache.takeSeat(holder, cloud, ttl);
    }

    @Override
    public void expect(String cloud) {
        expected.tell(cloud);
    }

    @Override
    public void close() {
        cache.close();
    }
}
