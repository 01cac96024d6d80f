// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.hypervisor.Domain;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An instance of this host in one cycle.
 *
 * @param id the instance's, and its domain's
 * @param domain its counters; null if the hypervisor did not show it, as it does not show stopped ones unless asked to
 * @param projectName null unless the hypervisor tells it
 * @param userName null unless the hypervisor tells it
 * @param flavor its sizes; null if nobody knows them
 * @param origin where {@code metadata} comes from; {@code LIBVIRT} if nothing but the domain's description is known
 * @param asOf up to when {@code metadata} is complete, by the clock of who told it
 * @param age since then
 */
public record DiscoveredInstance(
        String id,
        @Nullable Domain domain,
        @Nullable String projectId,
        @Nullable String projectName,
        @Nullable String userId,
        @Nullable String userName,
        @Nullable Flavor flavor,
        InstanceMetadata metadata,
        Origin origin,
        @Nullable Instant asOf,
        Duration age) {
    /** Whether a process of the hypervisor stands behind it, so that it has counters. */
    public boolean isRunning() {
        return domain != null && domain.state().isActive();
    }
}
