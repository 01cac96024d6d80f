// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.LocalInventory;

/** The way to Nova and Glance for an agent that holds credentials. */
@FunctionalInterface
public interface LocalAccess {
    /** An empty inventory of the agent's host, which asks them itself. Asks nothing yet. */
    LocalInventory open(CacheOptions options);
}
