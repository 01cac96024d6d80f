// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The tables of Nova that are read, and of each the columns. Beside them are columns that hold secrets (key_data, user_data, keypairs,
 * connection_info, and of system metadata passwords): those are in no list, and no statement says {@code *}.
 */
public enum CellTable {
    INSTANCES(
            true,
            List.of(
                    "id",
                    "uuid",
                    "project_id",
                    "user_id",
                    "host",
                    "vm_state",
                    "task_state",
                    "created_at",
                    "updated_at",
                    "deleted_at",
                    "deleted",
                    "launched_at",
                    "terminated_at",
                    "image_ref"),
            List.of(
                    "display_name",
                    "hostname",
                    "node",
                    "power_state",
                    "kernel_id",
                    "ramdisk_id",
                    "reservation_id",
                    "availability_zone",
                    "instance_type_id",
                    "os_type",
                    "architecture",
                    "progress",
                    "access_ip_v4",
                    "access_ip_v6",
                    "cell_name",
                    "cleaned",
                    "hidden")),
    INSTANCE_EXTRA(true, List.of("instance_uuid", "flavor"), List.of()),
    INSTANCE_METADATA(true, List.of("instance_uuid", "key", "value", "deleted", "deleted_at"), List.of()),
    SERVICES(
            true,
            List.of("id", "uuid", "host", "binary", "deleted", "last_seen_up"),
            List.of("disabled", "forced_down", "version")),
    /** Without it images have no properties. */
    INSTANCE_SYSTEM_METADATA(false, List.of("instance_uuid", "key", "value", "deleted", "deleted_at"), List.of()),
    TAGS(false, List.of("resource_id", "tag"), List.of()),
    /** Without it nobody knows whose size is that of an earlier time. */
    MIGRATIONS(
            false,
            List.of(
                    "instance_uuid",
                    "migration_type",
                    "old_instance_type_id",
                    "new_instance_type_id",
                    "created_at",
                    "updated_at"),
            List.of()),
    /** Without it what was built late looks like what was launched anew. */
    INSTANCE_ACTIONS(false, List.of("instance_uuid", "action"), List.of()),
    COMPUTE_NODES(
            false,
            List.of(
                    "host",
                    "hypervisor_hostname",
                    "deleted",
                    "vcpus",
                    "vcpus_used",
                    "memory_mb",
                    "memory_mb_used",
                    "local_gb",
                    "local_gb_used"),
            List.of(
                    "uuid",
                    "updated_at",
                    "hypervisor_type",
                    "hypervisor_version",
                    "free_ram_mb",
                    "free_disk_gb",
                    "disk_available_least",
                    "current_workload",
                    "running_vms"));

    private final boolean needed;
    private final String required;
    private final String optional;

    CellTable(boolean needed, List<String> required, List<String> optional) {
        this.needed = needed;
        this.required = String.join(" ", required);
        this.optional = String.join(" ", optional);
    }

    /** Its name in the database. */
    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing can be read without it. */
    boolean isNeeded() {
        return needed;
    }

    /** Columns without which it cannot be read. */
    List<String> required() {
        return List.of(required.split(" "));
    }

    /** All that is read of it, where it is there. */
    public List<String> columns() {
        return Stream.concat(required().stream(), Stream.of(optional.split(" ")).filter(column -> !column.isEmpty()))
                .toList();
    }

    /** A column's name as SQL writes it: some of Nova's are words of SQL. */
    static String quoted(String column) {
        return "`" + column + "`";
    }
}
