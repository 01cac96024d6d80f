// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.block;

import io.nephometer.simulator.cloud.Holding;
import io.nephometer.simulator.cloud.StoragePool;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Things of Cinder as its API shows them to an administrator. */
final class BlockView {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

    private BlockView() {}

    static Map<String, @Nullable Object> tree(Holding one) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", one.id());
        tree.put("name", one.name());
        tree.put("description", null);
        tree.put("status", one.status());
        tree.put("size", one.size());
        tree.put("user_id", one.owner().id());
        tree.put("created_at", time(one.created()));
        tree.put("updated_at", time(one.updated()));
        String project = one.owner().project().id();
        switch (one.kind()) {
            case VOLUME -> volume(tree, one, project);
            case SNAPSHOT -> snapshot(tree, one, project);
            case BACKUP -> backup(tree, one, project);
            case FLOATING_IP -> throw new IllegalArgumentException("Cinder has no addresses");
        }
        return tree;
    }

    private static void volume(Map<String, @Nullable Object> tree, Holding one, String project) {
        boolean isAttached = one.status().equals("in-use");
        String server = one.id().replace('0', '1');
        tree.put("volume_type", "ceph");
        tree.put("volume_type_id", "00000000-0000-4000-8000-000000000001");
        tree.put("availability_zone", "nova");
        tree.put("os-vol-host-attr:host", "block-01@ceph#volumes");
        tree.put("os-vol-tenant-attr:tenant_id", project);
        tree.put("migration_status", null);
        tree.put("attachments", isAttached ? List.of(Map.of("server_id", server, "device", "/dev/vdb")) : List.of());
        tree.put("snapshot_id", null);
        tree.put("source_volid", null);
        tree.put("metadata", Map.of());
        if (one.number() % 3 == 0) {
            tree.put("volume_image_metadata", Map.of("image_id", "image-of-" + one.number()));
        }
    }

    private static void snapshot(Map<String, @Nullable Object> tree, Holding one, String project) {
        tree.put("volume_id", one.of());
        tree.put("metadata", Map.of());
        tree.put("os-extended-snapshot-attributes:progress", "100%");
        tree.put("os-extended-snapshot-attributes:project_id", project);
    }

    private static void backup(Map<String, @Nullable Object> tree, Holding one, String project) {
        tree.put("volume_id", one.of());
        tree.put("container", "volumebackups");
        tree.put("is_incremental", false);
        tree.put("object_count", 22L);
        tree.put("os-backup-project-attr:project_id", project);
    }

    static Map<String, Object> pool(StoragePool pool) {
        Map<String, Object> capabilities = new LinkedHashMap<>();
        capabilities.put("pool_name", "volumes");
        capabilities.put("total_capacity_gb", pool.total());
        capabilities.put("free_capacity_gb", pool.free());
        capabilities.put("allocated_capacity_gb", pool.allocated());
        capabilities.put("provisioned_capacity_gb", pool.provisioned());
        capabilities.put("max_over_subscription_ratio", "20.0");
        capabilities.put("reserved_percentage", pool.reservedPercent());
        capabilities.put("thin_provisioning_support", pool.thin());
        capabilities.put("thick_provisioning_support", !pool.thin());
        capabilities.put("storage_protocol", "ceph");
        return Map.of("name", pool.host(), "capabilities", capabilities);
    }

    static Map<String, @Nullable Object> service(String service, String state) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        int at = service.indexOf('@');
        tree.put("binary", service.substring(0, at));
        tree.put("host", service.substring(at + 1));
        tree.put("zone", "nova");
        tree.put("status", "enabled");
        tree.put("state", state);
        tree.put("disabled_reason", null);
        return tree;
    }

    private static String time(Instant instant) {
        return MICROS.format(instant);
    }
}
