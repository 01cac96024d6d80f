// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.collector.DeferredLedger;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.compute.CloudLogin;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.OpenStackConfig;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.config.ConfigException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the feed of hosts, flavors and volumes its turns, on a thread of its own. */
public final class AssetTurns {
    private static final Logger LOG = LoggerFactory.getLogger(AssetTurns.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AssetFeed feed;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("assets").daemon().factory());

    private AssetTurns(AssetFeed feed, Duration interval) {
        this.feed = feed;
        this.interval = interval;
    }

    /**
     * Adds its parts to a process; with an interval of 0 there are none.
     *
     * @throws ConfigException if it is not said how to log in to the cloud
     */
    public static void addTo(
            Lifecycle lifecycle,
            OpenStackConfig openstack,
            AuditsConfig config,
            DeferredLedger ledger,
            Surroundings surroundings)
            throws ConfigException {
        Duration interval = config.assetsInterval();
        if (interval.isZero()) {
            return;
        }
        OpenStackCloud cloud = new CloudLogin(openstack, surroundings.registry()).open();
        AssetFeed feed = new AssetFeed(
                ledger::ledger,
                AssetFeed.of(cloud),
                surroundings.host() + "/" + UUID.randomUUID().toString().substring(0, 8),
                interval.plus(interval),
                surroundings.clock(),
                surroundings.ticker(),
                surroundings.registry());
        AssetTurns turns = new AssetTurns(feed, interval);
        lifecycle.add("cloud of the inventory", cloud);
        lifecycle.add("inventory of hosts and volumes", turns::start, turns::close);
    }

    private void start() {
        // Cancelled with its thread; failures are caught in the turn.
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(feed::run, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void close() throws InterruptedException {
        thread.shutdownNow();
        if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("The inventory of hosts and volumes does not end its turn within {} s", PATIENCE.toSeconds());
        }
    }
}
