// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Inventory;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.cache.ReadCount;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The inventory of one host as the cache that all agents share has it. Each {@link #refresh} is one round trip to that cache, more
 * only if something moved, and asks neither Nova nor Glance. While the cache gives nothing, readers keep what they had; after a while,
 * which is another for each host, Nova is asked for this host instead, rarely, until the cache is back. Thread-safe.
 */
public final class GlobalInventory implements HostInventory {
    private static final Duration REMINDER = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Ticker ticker;
    private final StateLog log;
    private final ReadCount reads = new ReadCount();
    private final AtomicBoolean refreshing = new AtomicBoolean();

    /** Belongs to whoever has set "refreshing". */
    private final SharedReading reading;

    private volatile Inventory view;
    private volatile GlobalStatus status;

    /**
     * An empty inventory. Asks nothing yet.
     *
     * @param host as Nova names it ({@code [DEFAULT]host} of its nova-compute)
     * @param access the way to Nova while the cache gives nothing; null if there are no credentials
     */
    public GlobalInventory(
            String host,
            SharedCache cache,
            @Nullable LocalAccess access,
            GlobalOptions options,
            InstantSource clock,
            Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.log = new StateLog(
                LoggerFactory.getLogger(GlobalInventory.class), "Shared metadata of " + host, REMINDER, ticker);
        this.reading = new SharedReading(host, cache, access, options, clock, ticker);
        this.view = reading.view();
        this.status = reading.status();
    }

    @Override
    public Refresh refresh(Sighting sighting) {
        if (!refreshing.compareAndSet(false, true)) {
            return reading.nothing("another refresh is under way");
        }
        try {
            Refresh refresh = reading.refresh(sighting);
            note(refresh);
            view = reading.view();
            status = reading.status();
            return refresh;
        } finally {
            refreshing.set(false);
        }
    }

    private void note(Refresh refresh) {
        String cause = reading.cause();
        switch (refresh.outcome()) {
            case DONE, NOT_DUE -> {
                if (cause == null) {
                    log.well("up to date again");
                }
            }
            case INCOMPLETE, FAILED, NOT_BELIEVED, UNCONFIRMED ->
                log.trouble(refresh.outcome().label(), refresh.detail());
        }
    }

    @Override
    public Answer<Map<String, Instance>> instancesOf(String asked) {
        Answer<Map<String, Instance>> answer = view.instancesOf(asked);
        reads.instances(answer.origin() != Origin.NONE);
        return answer;
    }

    @Override
    public Answer<Optional<Instance>> instance(String id) {
        Answer<Optional<Instance>> answer = view.instance(id);
        reads.instances(answer.value().isPresent());
        return answer;
    }

    @Override
    public Answer<Optional<Flavor>> flavor(String id) {
        Answer<Optional<Flavor>> answer = view.flavor(id);
        reads.flavors(answer.origin() != Origin.NONE);
        return answer;
    }

    @Override
    public Answer<Optional<Image>> image(String id) {
        Answer<Optional<Image>> answer = view.image(id);
        reads.images(answer.origin() != Origin.NONE);
        return answer;
    }

    @Override
    public CacheReport report() {
        return status.report(reads, clock.instant(), ticker.nanos());
    }
}
