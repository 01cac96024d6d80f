// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.inventory.Instance;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an instance, whoever told it. What nobody told is null or empty.
 *
 * @param flavorId also known where the flavor is not
 * @param status as Nova's API shows it, in lower case: {@code active}
 * @param state Nova's state, or that of the domain if the hypervisor alone decides
 * @param taskState null if there is no task; empty if nobody told
 * @param imageMeta what is said of the image, as texts
 * @param user metadata that the user gave
 */
record Facts(
        String id,
        @Nullable String displayName,
        @Nullable String domainName,
        @Nullable String hostId,
        @Nullable String host,
        @Nullable String flavorId,
        @Nullable Flavor flavor,
        String status,
        @Nullable String state,
        @Nullable String taskState,
        @Nullable String imageId,
        @Nullable String imageName,
        Map<String, String> imageMeta,
        @Nullable String reservationId,
        @Nullable String architecture,
        @Nullable String availabilityZone,
        @Nullable String kernelId,
        @Nullable String osType,
        @Nullable String ramdiskId,
        Map<String, String> user) {
    /**
     * What a domain tells, with what it does not tell: what users may change at any time, and what Nova does not write down. Sizes are
     * those of the domain, which are in force.
     */
    Facts completedBy(Instance instance) {
        Server server = instance.server();
        Flavor completed = flavor == null ? null : completed(flavor, instance.flavor());
        return new Facts(
                id,
                server.name() == null ? displayName : server.name(),
                domainName,
                hostId,
                host,
                completed == null ? flavorId : completed.id(),
                completed,
                status,
                state,
                server.taskState(),
                imageId,
                FactFinding.imageName(instance),
                imageMeta.isEmpty() ? FactFinding.imageMeta(instance.image()) : imageMeta,
                server.reservationId(),
                architecture,
                server.availabilityZone(),
                server.kernelId(),
                osType,
                server.ramdiskId(),
                server.metadata());
    }

    /** With the id, and extra specs, of what the API says of the flavor, where Nova wrote none into the domain and it is the same. */
    private static Flavor completed(Flavor written, @Nullable Flavor known) {
        if (known == null || !known.name().equals(written.name())) {
            return written;
        }
        return new Flavor(
                written.id() == null ? known.id() : written.id(),
                written.name(),
                written.vcpus(),
                written.memoryMiB(),
                written.diskGiB(),
                written.ephemeralGiB(),
                written.swapMiB(),
                written.extraSpecs().isEmpty() ? known.extraSpecs() : written.extraSpecs());
    }
}
