// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.openstack.nova.Microversion;
import org.jspecify.annotations.Nullable;

/** The way to Nova and Glance for an agent that holds credentials. */
@FunctionalInterface
public interface LocalAccess {
    /**
     * An empty inventory of the agent's host, which asks them itself. Asks nothing yet.
     *
     * @param spoken the microversion of Nova's API that is known to work; null if Nova has to be asked
     */
    LocalInventory open(CacheOptions options, @Nullable Microversion spoken);
}
