// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import io.nephometer.simulator.cloud.CloudEvent;
import io.nephometer.simulator.cloud.Flavor;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.Image;
import io.nephometer.simulator.cloud.Network;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.cloud.VmState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The payload of {@code compute.instance.*}. */
final class InstancePayload {
    private static final String PREFIX = "compute.instance.";

    /** Events that tell the addresses. */
    private static final Set<String> WITH_ADDRESSES = Set.of(
            "create.end",
            "resize.start",
            "resize.end",
            "resize.confirm.end",
            "finish_resize.start",
            "finish_resize.end",
            "live_migration.pre.start",
            "live_migration.pre.end",
            "live_migration._post.start",
            "live_migration._post.end",
            "live_migration.post.dest.start",
            "live_migration.post.dest.end");

    private InstancePayload() {}

    static Map<String, @Nullable Object> tree(CloudEvent.OfServer event, String glance) {
        Server server = event.server();
        String type = event.type().substring(PREFIX.length());
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("tenant_id", server.project().id());
        tree.put("user_id", server.user().id());
        tree.put("instance_id", server.id());
        tree.put("display_name", server.name());
        tree.put("reservation_id", "r-" + server.id().substring(0, 8));
        tree.put("hostname", server.hostname());
        flavor(tree, server.flavor());
        place(tree, server);
        times(tree, server);
        tree.put("image_ref_url", glance + "/images/" + server.image().id());
        tree.put("os_type", null);
        tree.put("kernel_id", "");
        tree.put("ramdisk_id", "");
        tree.put("state", server.vmState().text());
        tree.put("state_description", server.task() == null ? "" : server.task());
        tree.put("progress", "");
        tree.put("access_ip_v4", null);
        tree.put("access_ip_v6", null);
        if (WITH_ADDRESSES.contains(type)) {
            tree.put("fixed_ips", List.of(address(server)));
        }
        tree.put("image_meta", imageMeta(server));
        tree.put("metadata", server.metadata());
        if (type.equals("create.start")) {
            tree.put("image_name", server.image().name());
        }
        event.extra().forEach((key, value) -> {
            if (!(value instanceof Flavor)) { // which only the versioned format tells
                tree.put(key, plain(type, value));
            }
        });
        return tree;
    }

    private static void flavor(Map<String, @Nullable Object> tree, Flavor flavor) {
        tree.put("instance_type", flavor.name());
        tree.put("instance_type_id", flavor.number());
        tree.put("instance_flavor_id", flavor.id());
        tree.put("architecture", null);
        tree.put("memory_mb", flavor.ram());
        tree.put("disk_gb", flavor.disk() + flavor.ephemeral());
        tree.put("vcpus", flavor.vcpus());
        tree.put("root_gb", flavor.disk());
        tree.put("ephemeral_gb", flavor.ephemeral());
    }

    private static void place(Map<String, @Nullable Object> tree, Server server) {
        Host host = server.host();
        tree.put("host", host == null ? null : host.name());
        tree.put("node", host == null ? null : host.name());
        boolean nowhere =
                host == null && server.vmState() == VmState.SHELVED_OFFLOADED && !"unshelving".equals(server.task());
        tree.put("availability_zone", nowhere ? null : "nova");
        tree.put("cell_name", "");
    }

    private static void times(Map<String, @Nullable Object> tree, Server server) {
        tree.put("created_at", Stamp.withOffset(server.times().created()));
        tree.put("terminated_at", Stamp.joinedOrEmpty(server.times().terminated()));
        tree.put("deleted_at", Stamp.joinedOrEmpty(server.times().deleted()));
        tree.put("launched_at", Stamp.joinedOrEmpty(server.times().launched()));
    }

    private static Map<String, Object> address(Server server) {
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("address", Network.address(server));
        address.put("type", "fixed");
        address.put("version", 4);
        address.put("meta", Map.of());
        address.put("floating_ips", List.of());
        address.put("label", Network.NAME);
        address.put("vif_mac", Network.mac(server));
        return address;
    }

    private static Map<String, Object> imageMeta(Server server) {
        Image image = server.image();
        Map<String, Object> meta = new LinkedHashMap<>(image.properties());
        meta.put("min_ram", Integer.toString(image.minRam()));
        meta.put("min_disk", Integer.toString(server.flavor().disk()));
        meta.put("disk_format", "raw");
        meta.put("container_format", "bare");
        meta.put("base_image_ref", image.id());
        return meta;
    }

    private static @Nullable Object plain(String type, @Nullable Object value) {
        if (value instanceof Instant instant) {
            return type.equals("exists") ? Stamp.printed(instant) : Stamp.joined(instant);
        }
        return value;
    }
}
