// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.NovaMetadata;
import io.nephometer.inventory.Instance;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.HostId;
import io.nephometer.openstack.nova.Server;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers the {@link Facts} of the instances of one host. */
final class FactFinding {
    private final String host;

    FactFinding(String host) {
        this.host = host;
    }

    /**
     * As Nova tells them.
     *
     * @param description of its domain, which tells what Nova's API does not; null if there is none
     */
    Facts ofServer(Instance instance, @Nullable DomainDescription description) {
        Server server = instance.server();
        NovaMetadata written = description == null ? null : description.nova();
        Flavor flavor = instance.flavor() == null && written != null ? flavor(written) : instance.flavor();
        return new Facts(
                server.id(),
                server.name(),
                server.instanceName(),
                server.hostId() == null ? hostId(server.projectId()) : server.hostId(),
                server.host(),
                flavorId(flavor, server),
                flavor,
                server.status().toLowerCase(Locale.ROOT),
                server.vmState(),
                server.taskState(),
                server.imageId(),
                imageName(instance),
                imageMeta(instance.image()),
                server.reservationId(),
                description == null ? null : description.architecture(),
                server.availabilityZone(),
                server.kernelId(),
                description == null ? null : description.osType(),
                server.ramdiskId(),
                server.metadata());
    }

    private static @Nullable String flavorId(@Nullable Flavor flavor, Server server) {
        return flavor != null && flavor.id() != null ? flavor.id() : server.flavorId();
    }

    /** As the domain tells them, and nothing else does. */
    Facts ofDomain(Domain domain, DomainDescription description, NovaMetadata written) {
        Flavor flavor = flavor(written);
        return new Facts(
                domain.id(),
                written.name(),
                domain.name(),
                hostId(written.projectId()),
                host,
                flavor.id(),
                flavor,
                DomainStates.status(domain.state()),
                DomainStates.state(domain.state()),
                "",
                written.imageId(),
                null,
                imageMeta(written),
                null,
                description.architecture(),
                null,
                null,
                description.osType(),
                null,
                Map.of());
    }

    /** As the domain tells them, with what it does not tell: what users may change at any time, and what Nova does not write down. */
    Facts ofBoth(Domain domain, DomainDescription description, NovaMetadata written, Instance instance) {
        return ofDomain(domain, description, written).completedBy(instance);
    }

    /** Nova's own hash of project and host, by which projects may compare hosts without knowing them. */
    @Nullable String hostId(@Nullable String projectId) {
        return projectId == null ? null : HostId.of(projectId, host);
    }

    /** The flavor that Nova wrote into the domain. */
    static Flavor flavor(NovaMetadata written) {
        NovaMetadata.Flavor flavor = written.flavor();
        return new Flavor(
                flavor.id(),
                flavor.name(),
                flavor.vcpus(),
                flavor.memoryMiB(),
                flavor.diskGiB(),
                flavor.ephemeralGiB(),
                flavor.swapMiB(),
                flavor.extraSpecs());
    }

    static @Nullable String imageName(Instance instance) {
        return instance.image() == null ? null : instance.image().name();
    }

    private static Map<String, String> imageMeta(NovaMetadata written) {
        if (written.imageProperties().isEmpty()) {
            return Map.of();
        }
        Map<String, String> meta = new LinkedHashMap<>();
        if (written.imageId() != null) {
            meta.put("base_image_ref", written.imageId());
        }
        meta.putAll(new TreeMap<>(written.imageProperties()));
        return meta;
    }

    static Map<String, String> imageMeta(@Nullable Image image) {
        if (image == null) {
            return Map.of();
        }
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put("base_image_ref", image.id());
        putIfAny(meta, "container_format", image.containerFormat());
        putIfAny(meta, "disk_format", image.diskFormat());
        meta.put("min_disk", Integer.toString(image.minDiskGiB()));
        meta.put("min_ram", Integer.toString(image.minRamMiB()));
        new TreeMap<>(image.properties()).forEach(meta::putIfAbsent);
        return meta;
    }

    private static void putIfAny(Map<String, String> map, String key, @Nullable String value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
