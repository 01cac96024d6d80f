// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import io.nephometer.model.InstanceFields;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an instance as Nova's legacy notifications name and write them, made of each way in which Nova tells of it. */
final class VersionFields {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssxxx");
    private static final DateTimeFormatter LIFETIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
    /** Names that the versioned format has too, with the same meaning. */
    private static final List<String> COMMON = List.of(
            "tenant_id",
            "user_id",
            "display_name",
            "reservation_id",
            "architecture",
            "node",
            "availability_zone",
            "os_type",
            "state",
            "access_ip_v4",
            "access_ip_v6",
            "metadata");

    private VersionFields() {}

    static Map<String, @Nullable Object> ofLegacy(Payload payload) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        copy(payload, InstanceFields.OF_A_VERSION, fields);
        String url = payload.text("image_ref_url");
        if (url != null) {
            fields.put("image_ref", url.substring(url.lastIndexOf('/') + 1));
        }
        return fields;
    }

    private static void copy(Payload payload, List<String> names, Map<String, @Nullable Object> to) {
        for (String name : names) {
            if (payload.has(name)) {
                to.put(name, payload.object(name));
            }
        }
    }

    static Map<String, @Nullable Object> ofVersioned(Payload payload) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        copy(payload, COMMON, fields);
        fields.put("hostname", payload.text("host_name"));
        fields.put("state_description", orEmpty(payload.text("task_state")));
        fields.put("kernel_id", orEmpty(payload.text("kernel_id")));
        fields.put("ramdisk_id", orEmpty(payload.text("ramdisk_id")));
        fields.put("created_at", time(EventTime.seconds(payload.text("created_at"))));
        Instant deleted = EventTime.seconds(payload.text("deleted_at"));
        fields.put("deleted_at", deleted == null ? "" : LIFETIME.format(deleted.atOffset(ZoneOffset.UTC)));
        fields.put("image_ref", orEmpty(payload.text("image_uuid")));
        Payload.ofVersioned(payload.object("flavor")).ifPresent(flavor -> {
            fields.put("instance_type", flavor.text("name"));
            fields.put("instance_flavor_id", flavor.text("flavorid"));
            size(flavor.number("memory_mb"), flavor.number("vcpus"), fields);
            disks(flavor.number("root_gb"), flavor.number("ephemeral_gb"), fields);
            swap(flavor.number("swap"), flavor.text("name"), fields);
        });
        return fields;
    }

    /** What the API does not tell is left out, so that what was known stays; of what is deleted it tells no metadata. */
    static Map<String, @Nullable Object> of(Server server) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        told("tenant_id", server.projectId(), fields);
        told("user_id", server.userId(), fields);
        told("display_name", server.name(), fields);
        told("reservation_id", server.reservationId(), fields);
        told("availability_zone", server.availabilityZone(), fields);
        told("hostname", server.hostname(), fields);
        if (server.node() != null || server.host() == null) {
            fields.put("node", server.node());
        }
        fields.put("created_at", time(server.created()));
        fields.put("state", server.vmState());
        fields.put("state_description", orEmpty(server.taskState()));
        fields.put("kernel_id", orEmpty(server.kernelId()));
        fields.put("ramdisk_id", orEmpty(server.ramdiskId()));
        fields.put("image_ref", orEmpty(server.imageId()));
        told("instance_flavor_id", server.flavorId(), fields);
        Flavor flavor = server.flavor();
        if (flavor != null) {
            fields.put("instance_type", flavor.name());
            told("instance_flavor_id", flavor.id(), fields);
            size(flavor.memoryMiB(), flavor.vcpus(), fields);
            disks(flavor.diskGiB(), flavor.ephemeralGiB(), fields);
            swap(flavor.swapMiB(), flavor.name(), fields);
        }
        if (!server.isDeleted()) {
            fields.put("metadata", new HashMap<>(server.metadata()));
        }
        return fields;
    }

    private static void told(String name, @Nullable String value, Map<String, @Nullable Object> to) {
        if (value != null) {
            to.put(name, value);
        }
    }

    private static void size(int memory, int vcpus, Map<String, @Nullable Object> to) {
        to.put("memory_mb", (long) memory);
        to.put("vcpus", (long) vcpus);
    }

    private static void disks(int root, int ephemeral, Map<String, @Nullable Object> to) {
        to.put("root_gb", (long) root);
        to.put("ephemeral_gb", (long) ephemeral);
        to.put("disk_gb", (long) root + ephemeral);
    }

    private static void swap(int swap, @Nullable String flavor, Map<String, @Nullable Object> to) {
        to.put(InstanceFields.SWAP, (long) swap);
        to.put(InstanceFields.SWAP_OF, flavor);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time.atOffset(ZoneOffset.UTC));
    }
}
