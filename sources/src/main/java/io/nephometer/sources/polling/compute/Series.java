// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.inventory.discovery.DiscoveredInstance;
import java.util.List;

/** Where the values of a meter come from: one for the instance, or one for each of its disks or interfaces. */
@FunctionalInterface
interface Series {
    /** Empty if the instance has nothing of the kind. */
    List<Reading> of(DiscoveredInstance instance);
}
