// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.List;
import java.util.Set;

/** The fields by which Nova's legacy notifications tell of an instance: what the inventory keeps of it, and what its audit tells; and two more. */
public final class InstanceFields {
    /** All of them, in the order of {@code compute.instance.exists}; there the period follows. */
    public static final List<String> ALL = List.of(
            "tenant_id",
            "user_id",
            "instance_id",
            "display_name",
            "reservation_id",
            "hostname",
            "instance_type",
            "instance_type_id",
            "instance_flavor_id",
            "architecture",
            "memory_mb",
            "disk_gb",
            "vcpus",
            "root_gb",
            "ephemeral_gb",
            "host",
            "node",
            "availability_zone",
            "cell_name",
            "created_at",
            "terminated_at",
            "deleted_at",
            "launched_at",
            "image_ref_url",
            "os_type",
            "kernel_id",
            "ramdisk_id",
            "state",
            "state_description",
            "progress",
            "access_ip_v4",
            "access_ip_v6",
            "image_meta",
            "metadata");

    /** What an {@link InstanceVersion} says in components of its own, so that its fields do not. */
    private static final Set<String> OWN = Set.of("instance_id", "host", "terminated_at", "launched_at");

    /** Those that an {@link InstanceVersion} has among its fields. */
    public static final List<String> OF_A_VERSION =
            ALL.stream().filter(name -> !OWN.contains(name)).toList();

    /** The swap of the flavor in MiB, which legacy notifications do not tell. */
    public static final String SWAP = "swap_mb";

    /** The name of the flavor of which {@link #SWAP} is: it is of no other, and stays when a notification tells of another one. */
    public static final String SWAP_OF = "swap_of";

    private InstanceFields() {}
}
