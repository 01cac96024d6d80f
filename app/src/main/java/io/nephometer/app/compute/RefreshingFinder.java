// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.discovery.Discovery;
import io.nephometer.inventory.discovery.InstanceDiscovery;
import io.nephometer.sources.polling.compute.InstanceFinder;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes the inventory in each cycle, then says what is to be measured. A cloud that answers slowly holds no cycle up: beyond
 * the patience the cycle goes on with what is known, and says how old that is, while the refresh ends when it ends.
 */
final class RefreshingFinder implements InstanceFinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefreshingFinder.class);

    private final HostInventory inventory;
    private final InstanceDiscovery discovery;
    private final Duration patience;
    private final Consumer<CacheReport> afterwards;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable FutureTask<Refresh> underWay;
    private @Nullable Thread thread;

    /** @param afterwards is told how the cache is after each refresh */
    RefreshingFinder(
            HostInventory inventory, InstanceDiscovery discovery, Duration patience, Consumer<CacheReport> afterwards) {
        this.inventory = inventory;
        this.discovery = discovery;
        this.patience = patience;
        this.afterwards = afterwards;
    }

    @Override
    public Discovery find(Inspection inspection, Set<CounterGroup> wanted) {
        await(refresh(Sighting.of(inspection, wanted)));
        return discovery.discover(inspection);
    }

    /** The refresh of this cycle, or that of an earlier one that has not ended. */
    private FutureTask<Refresh> refresh(Sighting sighting) {
        lock.lock();
        try {
            FutureTask<Refresh> running = underWay;
            if (running == null || running.isDone()) {
                running = new FutureTask<>(() -> refreshNow(sighting));
                underWay = running;
                thread = Thread.ofVirtual().name("inventory-refresh").start(running);
            }
            return running;
        } finally {
            lock.unlock();
        }
    }

    private Refresh refreshNow(Sighting sighting) {
        Refresh refresh = inventory.refresh(sighting);
        afterwards.accept(inventory.report());
        return refresh;
    }

    private void await(FutureTask<Refresh> refresh) {
        try {
            refresh.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("Nova takes longer than {}; the cycle goes on with what is known", patience);
        } catch (ExecutionException e) {
            LOG.error("Refreshing the inventory failed; the cycle goes on with what is known", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }
}
