// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.hypervisor.Inspection;
import io.nephometer.inventory.Inventory;
import io.nephometer.model.UserMetadataRule;

/**
 * Finds out, for a cycle, what is to be measured on a host and what its samples say of it. Asks nobody: it joins what the hypervisor
 * showed with what the inventory holds. Thread-safe.
 */
public final class InstanceDiscovery {
    private final DiscoveryMethod method;
    private final String host;
    private final Inventory inventory;
    private final FactFinding facts;
    private final MetadataWriter writer;

    /** @param host as Nova names it; that of the inventory */
    public InstanceDiscovery(DiscoveryMethod method, String host, Inventory inventory, UserMetadataRule userMetadata) {
        this.method = method;
        this.host = host;
        this.inventory = inventory;
        this.facts = new FactFinding(host);
        this.writer = new MetadataWriter(userMetadata);
    }

    /** What a cycle that begins with this inspection has before it. */
    public Discovery discover(Inspection inspection) {
        DiscoveryRound round = new DiscoveryRound(host, inspection, inventory.instancesOf(host), facts, writer);
        return switch (method) {
            case NAIVE, WORKLOAD_PARTITIONING -> round.byNova();
            case LIBVIRT_METADATA -> round.byHypervisor();
        };
    }
}
