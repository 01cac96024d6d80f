// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.agent.GlobalInventory;
import io.nephometer.inventory.shared.agent.GlobalOptions;
import io.nephometer.inventory.shared.agent.LocalAccess;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.glance.GlanceClient;
import io.nephometer.openstack.nova.NovaClient;
import org.jspecify.annotations.Nullable;

/** How an agent knows the instances of its host. */
public final class AgentInventory {
    private AgentInventory() {}

    /** By asking Nova and Glance itself, for its host alone. */
    public static HostInventory local(
            ComputeConfig config, String host, OpenStackCloud cloud, Surroundings surroundings) {
        CacheOptions caching = CacheOptions.DEFAULTS
                .withCaching(config.resourceMetadataCaching())
                .withUpdateInterval(config.resourceUpdateInterval())
                .withExpiry(config.resourceCacheExpiry());
        return new LocalInventory(
                host, cloud.nova(), cloud.glance(), caching, surroundings.clock(), surroundings.ticker());
    }

    /**
     * From the cache that all agents share.
     *
     * @param cloud asked, for this host alone, while that cache gives nothing; null if there are no credentials
     */
    public static HostInventory global(
            ComputeConfig config,
            String host,
            SharedCache cache,
            @Nullable OpenStackCloud cloud,
            Surroundings surroundings) {
        GlobalOptions options = GlobalOptions.DEFAULTS.withFallbackInterval(config.fallbackInterval());
        GlobalInventory inventory = new GlobalInventory(
                host,
                cache,
                cloud == null ? null : access(host, cloud, surroundings),
                options,
                surroundings.clock(),
                surroundings.ticker());
        SharedCacheMetrics.bind(surroundings.registry(), inventory);
        return inventory;
    }

    /** The clients are kept, so that Nova is asked for its version once. */
    private static LocalAccess access(String host, OpenStackCloud cloud, Surroundings surroundings) {
        NovaClient nova = cloud.nova();
        GlanceClient glance = cloud.glance();
        return (options, spoken) -> {
            if (spoken != null) {
                nova.assume(spoken);
            }
            return new LocalInventory(host, nova, glance, options, surroundings.clock(), surroundings.ticker());
        };
    }
}
