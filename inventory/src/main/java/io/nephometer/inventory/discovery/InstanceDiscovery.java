// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.hypervisor.Inspection;
import io.nephometer.inventory.Inventory;
import io.nephometer.model.UserMetadataRule;
import java.util.function.Function;

/**
 * Finds out, for a cycle, what is to be measured on a host and what its samples say of it. Asks nobody: it joins what the hypervisor
 * showed with what the inventory holds. Thread-safe.
 */
public final class InstanceDiscovery {
    private final DiscoveryMethod method;
    private final String host;
    private final Inventory inventory;
    private final FactFinding facts;
    private final MetadataShelf metadata;

    /** @param host as Nova names it; that of the inventory */
    public InstanceDiscovery(DiscoveryMethod method, String host, Inventory inventory, UserMetadataRule userMetadata) {
        this(method, host, inventory, new MetadataWriter(userMetadata)::write);
    }

    private InstanceDiscovery(
            DiscoveryMethod method, String host, Inventory inventory, Function<Facts, InstanceMetadata> writer) {
        this.method = method;
        this.host = host;
        this.inventory = inventory;
        this.facts = new FactFinding(host);
        this.metadata = new MetadataShelf(writer);
    }

    /**
     * By the hypervisor alone, for samples whose metadata is joined elsewhere: in place of metadata they say what the domain tells
     * ({@link DomainFacts}).
     */
    public static InstanceDiscovery bare(String host) {
        return new InstanceDiscovery(
                DiscoveryMethod.LIBVIRT_METADATA, host, NothingKnown.INVENTORY, DomainFacts::write);
    }

    /** What a cycle that begins with this inspection has before it. */
    public Discovery discover(Inspection inspection) {
        DiscoveryRound round = new DiscoveryRound(host, inspection, inventory.instancesOf(host), facts, metadata::of);
        Discovery discovery =
                switch (method) {
                    case NAIVE, WORKLOAD_PARTITIONING -> round.byNova();
                    case LIBVIRT_METADATA -> round.byHypervisor();
                };
        metadata.keepOnly(discovery.instances());
        return discovery;
    }
}
