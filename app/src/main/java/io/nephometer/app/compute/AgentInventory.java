// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.openstack.OpenStackCloud;

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
}
