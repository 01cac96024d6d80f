// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.Heartbeat;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.inventory.shared.refresh.Turn;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that refreshes a shared cache until it is ended, with a short interval and a short lease. */
final class RefresherLoop {
    static final Duration INTERVAL = Duration.ofSeconds(2);
    static final Duration LEASE = Duration.ofSeconds(4);
    static final String SPACE = "e2e";

    private static final Logger LOG = LoggerFactory.getLogger(RefresherLoop.class);
    private static final Duration BETWEEN_TURNS = Duration.ofMillis(200);

    private RefresherLoop() {}

    /**
     * Refreshes.
     *
     * @param arguments URL of Redis, name of this refresher, URL of Keystone
     */
    public static void main(String[] arguments) throws Exception {
        try (OpenStackCloud cloud = OpenStackCloud.of(
                        access(arguments[2]), ApiSettings.defaults(), ApiTime.system(new Random(1)), ApiObserver.NONE);
                RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(arguments[0], SPACE));
                GlobalRefresher refresher = new GlobalRefresher(
                        arguments[1],
                        cache,
                        cloud.nova(),
                        cloud.glance(),
                        options(),
                        Ticker.system(),
                        Heartbeat.threaded())) {
            while (!Thread.currentThread().isInterrupted()) {
                Turn turn = refresher.run();
                LOG.info("{}: {}", turn.state(), turn.detail());
                LockSupport.parkNanos(BETWEEN_TURNS.toNanos());
            }
        }
    }

    private static RefresherOptions options() {
        RefresherOptions usual = RefresherOptions.DEFAULTS;
        return new RefresherOptions(
                INTERVAL,
                usual.expiry(),
                usual.overlap(),
                LEASE,
                usual.urgent(),
                usual.flavorExpiry(),
                usual.imageExpiry(),
                usual.maxInstances(),
                usual.maxCatalog(),
                usual.maxLookups(),
                usual.standbyAsks());
    }

    /** As an administrator of a simulated cloud. */
    static CloudAccess access(String authUrl) {
        Named domain = Named.name("Default");
        return new CloudAccess(
                URI.create(authUrl),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
    }
}
