// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.inventory.Inventory;
import io.nephometer.inventory.Sighting;

/**
 * The inventory of one host, which an agent brings up to date in each of its cycles. Readers are answered from the last whole set
 * and never wait. Thread-safe: of two refreshes at a time, the second does nothing.
 */
public interface HostInventory extends Inventory {
    /**
     * Finds out what is due, if anything is, and makes it what readers see. Blocks until whoever was asked has answered. What fails
     * leaves readers with what they had.
     *
     * @param sighting of this cycle: tells which instances may have moved away
     */
    Refresh refresh(Sighting sighting);

    /** How it is, for {@code cache show} and metrics. Never waits. */
    CacheReport report();
}
