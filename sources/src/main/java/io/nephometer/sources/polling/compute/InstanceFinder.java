// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.inventory.discovery.Discovery;
import java.util.Set;

/** Which instances are measured: what the hypervisor shows, joined with what is known of them. Safe for several threads. */
@FunctionalInterface
public interface InstanceFinder {
    /**
     * The instances of a cycle.
     *
     * @param wanted what the inspection was asked for
     */
    Discovery find(Inspection inspection, Set<CounterGroup> wanted);
}
