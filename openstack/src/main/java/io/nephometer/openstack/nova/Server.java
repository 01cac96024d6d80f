// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server as Nova's {@code servers/detail} shows it to an administrator. What an answer lacks (older microversions, another
 * role) is null or empty.
 *
 * @param name display name
 * @param status such as {@code ACTIVE}, {@code DELETED}
 * @param hostId hash of host and project
 * @param host where it runs; null while it is nowhere (building, shelved and offloaded)
 * @param node which hypervisor of the host, as it calls itself; null as above
 * @param hostname what the guest is called; from microversion 2.3 on
 * @param instanceName name of its domain: {@code instance-0000003f}
 * @param imageId null if it boots from a volume
 * @param flavorId null from microversion 2.47 on, which embeds the flavor instead
 * @param flavor the embedded flavor, without id; null before 2.47
 * @param updated whole seconds of Nova's clock
 * @param tags from microversion 2.26 on
 */
public record Server(
        String id,
        @Nullable String name,
        String status,
        @Nullable String projectId,
        @Nullable String userId,
        @Nullable String hostId,
        @Nullable String host,
        @Nullable String node,
        @Nullable String hostname,
        @Nullable String instanceName,
        @Nullable String imageId,
        @Nullable String flavorId,
        @Nullable Flavor flavor,
        @Nullable String vmState,
        @Nullable String taskState,
        @Nullable Integer powerState,
        @Nullable String availabilityZone,
        @Nullable String reservationId,
        @Nullable String kernelId,
        @Nullable String ramdiskId,
        @Nullable Instant created,
        @Nullable Instant updated,
        @Nullable Instant launched,
        @Nullable Instant terminated,
        Map<String, String> metadata,
        List<String> tags) {
    public Server {
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
    }

    /** Whether it is gone: such servers are listed by {@code changes-since} and {@code deleted=True} alone. */
    public boolean isDeleted() {
        return status.equals("DELETED");
    }

    /** The same server with more known of its flavor. */
    public Server withFlavor(@Nullable Flavor other) {
        return new Server(
                id,
                name,
                status,
                projectId,
                userId,
                hostId,
                host,
                node,
                hostname,
                instanceName,
                imageId,
                flavorId,
                other,
                vmState,
                taskState,
                powerState,
                availabilityZone,
                reservationId,
                kernelId,
                ramdiskId,
                created,
                updated,
                launched,
                terminated,
                metadata,
                tags);
    }
}
