// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.glance.GlanceClient;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.NovaClient;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inventory of one host, in memory. Whoever polls calls {@link #refresh} once in each cycle; that alone asks Nova and Glance.
 * Readers are answered from the last whole set and never wait. Thread-safe: of two refreshes at a time, the second does nothing.
 */
public final class LocalInventory implements HostInventory {
    private static final Logger LOG = LoggerFactory.getLogger(LocalInventory.class);
    private static final Duration REMINDER = Duration.ofMinutes(10);

    private final String host;
    private final CloudReader cloud;
    private final CacheOptions options;
    private final InstantSource clock;
    private final Ticker ticker;
    private final StateLog log;
    private final ReadCount reads = new ReadCount();

    private final AtomicBoolean refreshing = new AtomicBoolean();

    // What follows belongs to whoever has set "refreshing".
    private final Tally tally = new Tally();
    private final RefreshBook book = new RefreshBook();
    private final Renewal renewal;
    private final Catalog catalog;
    private @Nullable Long lastBegan;

    private volatile Holding holding = Holding.NOTHING;
    private volatile CacheStatus status;

    /**
     * An empty inventory. Asks nothing yet.
     *
     * @param host as Nova names it ({@code [DEFAULT]host} of its nova-compute)
     */
    public LocalInventory(
            String host,
            NovaClient nova,
            GlanceClient glance,
            CacheOptions options,
            InstantSource clock,
            Ticker ticker) {
        this(host, new ApiReader(nova, glance), options, clock, ticker);
    }

    LocalInventory(String host, CloudReader cloud, CacheOptions options, InstantSource clock, Ticker ticker) {
        this.host = host;
        this.cloud = cloud;
        this.options = options;
        this.clock = clock;
        this.ticker = ticker;
        this.log = new StateLog(LOG, "Metadata of " + host, REMINDER, ticker);
        this.renewal = new Renewal(host, options, tally);
        this.catalog = new Catalog(host, options, clock, tally);
        this.status = CacheStatus.of(book, tally, renewal, catalog, clock.instant(), ticker.nanos());
    }

    /**
     * Takes what is known already: flavors and images, so that the first refresh need not ask for them, and servers, so that a first
     * list that lacks them is not believed at once. Until a list is believed, nothing counts as known.
     *
     * @param images by id; empty where it is known that there is none
     */
    public void adopt(Collection<Server> servers, Collection<Flavor> flavors, Map<String, Optional<Image>> images) {
        if (refreshing.compareAndSet(false, true)) {
            try {
                renewal.adopt(servers);
                catalog.adopt(flavors, images, ticker.nanos());
            } finally {
                refreshing.set(false);
            }
        }
    }

    /** The same as {@link #refresh(Sighting)} where nobody knows what the hypervisor runs. */
    public Refresh refresh() {
        return refreshOnce(null);
    }

    @Override
    public Refresh refresh(Sighting sighting) {
        return refreshOnce(sighting);
    }

    private Refresh refreshOnce(@Nullable Sighting sighting) {
        if (!refreshing.compareAndSet(false, true)) {
            return nothing("another refresh is under way");
        }
        try {
            long now = ticker.nanos();
            if (lastBegan != null && now - lastBegan < options.updateInterval().toNanos()) {
                return nothing("resource_update_interval has not passed");
            }
            if (lastBegan != null && now - lastBegan < outagePause().toNanos()) {
                return nothing("the last refresh failed, and Nova is left alone for a while");
            }
            lastBegan = now;
            Refresh refresh = ask(sighting, now);
            book.add(refresh);
            note(refresh);
            publish(refresh);
            return refresh;
        } finally {
            refreshing.set(false);
        }
    }

    private Duration outagePause() {
        Refresh last = book.last();
        return last != null && last.outcome() == Refresh.Outcome.FAILED
                ? OutagePause.after(book.failures(), host)
                : Duration.ZERO;
    }

    private Refresh nothing(String why) {
        return new Refresh(
                Refresh.Kind.NOTHING,
                Refresh.Outcome.NOT_DUE,
                why,
                clock.instant(),
                null,
                Duration.ZERO,
                Refresh.Requests.NONE,
                0,
                0);
    }

    private Refresh ask(@Nullable Sighting sighting, long now) {
        CountingReader counting = new CountingReader(cloud);
        Instant began = clock.instant();
        long changed = tally.of(CacheEvent.CHANGED);
        long left = tally.left();
        if (!options.caching()) {
            catalog.clear();
        }
        Refresh.Kind due = renewal.due(now);
        Ended ended;
        try {
            Renewal.Step step = renewal.run(counting, sighting, now);
            ended = Ended.of(step, catalog.complete(renewal.servers(), counting, now));
        } catch (ApiException e) {
            ended = Ended.failed(due, Refresh.Outcome.FAILED, e);
        } catch (NotBelievedException e) {
            ended = Ended.failed(due, Refresh.Outcome.NOT_BELIEVED, e);
        } catch (RuntimeException e) {
            LOG.debug("A refresh met a defect", e);
            ended = new Ended(due, Refresh.Outcome.FAILED, "a defect of the program, please report it: " + e);
        }
        Poll poll = renewal.poll();
        return new Refresh(
                ended.kind(),
                ended.outcome(),
                ended.detail(),
                began,
                ended.outcome().isFailure() || poll == null ? null : poll.at(),
                Duration.ofNanos(ticker.nanos() - now),
                counting.requests(),
                (int) (tally.of(CacheEvent.CHANGED) - changed),
                (int) (tally.left() - left));
    }

    private record Ended(Refresh.Kind kind, Refresh.Outcome outcome, String detail) {
        static Ended failed(Refresh.Kind kind, Refresh.Outcome outcome, Exception cause) {
            return new Ended(kind, outcome, String.valueOf(cause.getMessage()));
        }

        static Ended of(Renewal.Step step, @Nullable String incomplete) {
            if (step.doubt() != null) {
                return new Ended(step.kind(), Refresh.Outcome.UNCONFIRMED, step.doubt());
            }
            return incomplete == null
                    ? new Ended(step.kind(), Refresh.Outcome.DONE, step.detail())
                    : new Ended(step.kind(), Refresh.Outcome.INCOMPLETE, incomplete);
        }
    }

    private void note(Refresh refresh) {
        switch (refresh.outcome()) {
            case DONE, NOT_DUE -> log.well("up to date again");
            case INCOMPLETE, FAILED, NOT_BELIEVED, UNCONFIRMED ->
                log.trouble(refresh.outcome().label(), refresh.detail());
        }
    }

    private void publish(Refresh refresh) {
        if (refresh.outcome().isFailure() && !options.caching()) {
            renewal.forget();
        }
        holding = new Holding(renewal.poll(), catalog.join(renewal.servers()), catalog.flavors(), catalog.images());
        status = CacheStatus.of(book, tally, renewal, catalog, clock.instant(), ticker.nanos());
    }

    @Override
    public Answer<Map<String, Instance>> instancesOf(String asked) {
        Holding held = holding;
        if (!asked.equals(host)) {
            return Holding.NOTHING.answer(Map.of(), 0);
        }
        reads.instances(held.poll() != null);
        return held.answer(held.instances(), ticker.nanos());
    }

    @Override
    public Answer<Optional<Instance>> instance(String id) {
        Holding held = holding;
        Optional<Instance> instance = Optional.ofNullable(held.instances().get(id));
        reads.instances(instance.isPresent());
        return held.answer(instance, ticker.nanos());
    }

    @Override
    public Answer<Optional<Flavor>> flavor(String id) {
        Known<Flavor> known = holding.flavors().get(id);
        reads.flavors(known != null);
        return Holding.answer(known, ticker.nanos());
    }

    @Override
    public Answer<Optional<Image>> image(String id) {
        Known<Image> known = holding.images().get(id);
        reads.images(known != null);
        return Holding.answer(known, ticker.nanos());
    }

    @Override
    public CacheReport report() {
        return status.report(host, options, holding, reads, clock.instant(), ticker.nanos());
    }
}
