// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import org.jspecify.annotations.Nullable;

/**
 * A hypervisor as {@code os-hypervisors/detail} shows it to an administrator. Capacity and use are null from microversion 2.88 on.
 *
 * @param id a UUID from microversion 2.53 on, before that a number
 * @param hostname of the hypervisor itself
 * @param host of its compute service, as {@code Server.host} names it; null if it was not said
 * @param type such as {@code QEMU}
 */
public record Hypervisor(
        String id,
        String hostname,
        @Nullable String host,
        @Nullable String type,
        @Nullable String state,
        @Nullable String status,
        @Nullable Integer vcpus,
        @Nullable Integer vcpusUsed,
        @Nullable Long memoryMiB,
        @Nullable Long memoryUsedMiB,
        @Nullable Long diskGiB,
        @Nullable Long diskUsedGiB,
        @Nullable Integer runningServers) {}
