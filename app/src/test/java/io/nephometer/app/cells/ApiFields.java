// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A server by the fields of {@code servers/detail}, from its answer and from a {@link Server}, so that both can be compared whole. */
final class ApiFields {
    private ApiFields() {}

    /** An answer of the API, by the ids of its servers. */
    static Map<String, Map<String, @Nullable Object>> ofAll(String answer) throws JsonException {
        Map<String, Map<String, @Nullable Object>> all = new TreeMap<>();
        if (Json.parse(answer) instanceof Map<?, ?> root && root.get("servers") instanceof List<?> servers) {
            for (Object server : servers) {
                Map<?, ?> fields = (Map<?, ?>) server;
                all.put(String.valueOf(fields.get("id")), of(fields));
            }
        }
        return all;
    }

    static Map<String, @Nullable Object> of(Map<?, ?> answer) {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        answer.forEach((name, value) -> fields.put(String.valueOf(name), told(String.valueOf(name), value)));
        return fields;
    }

    private static @Nullable Object told(String name, @Nullable Object value) {
        return switch (name) {
            case "image" -> value instanceof Map<?, ?> image ? image.get("id") : null;
            case "tags" -> new TreeSet<>((List<?>) value);
            case "OS-SRV-USG:launched_at", "OS-SRV-USG:terminated_at" ->
                value instanceof String time ? time.replaceAll("\\.0+$", "") + "Z" : null;
            default -> "".equals(value) ? null : value;
        };
    }

    static Map<String, @Nullable Object> of(Server server) {
        Map<String, @Nullable Object> fields = new TreeMap<>();
        fields.put("id", server.id());
        fields.put("name", server.name());
        fields.put("status", server.status());
        fields.put("tenant_id", server.projectId());
        fields.put("user_id", server.userId());
        fields.put("hostId", server.hostId());
        fields.put("image", server.imageId());
        fields.put("flavor", server.flavor() == null ? null : of(server.flavor()));
        fields.put("created", text(server.created()));
        fields.put("updated", text(server.updated()));
        fields.put("metadata", server.metadata());
        fields.put("tags", new TreeSet<>(server.tags()));
        fields.put("OS-EXT-SRV-ATTR:host", server.host());
        fields.put("OS-EXT-SRV-ATTR:instance_name", server.instanceName());
        fields.put("OS-EXT-SRV-ATTR:reservation_id", server.reservationId());
        fields.put("OS-EXT-SRV-ATTR:kernel_id", server.kernelId());
        fields.put("OS-EXT-SRV-ATTR:ramdisk_id", server.ramdiskId());
        fields.put("OS-EXT-STS:vm_state", server.vmState());
        fields.put("OS-EXT-STS:task_state", server.taskState());
        fields.put(
                "OS-EXT-STS:power_state",
                server.powerState() == null ? null : server.powerState().longValue());
        fields.put("OS-EXT-AZ:availability_zone", server.availabilityZone());
        fields.put("OS-SRV-USG:launched_at", text(server.launched()));
        fields.put("OS-SRV-USG:terminated_at", text(server.terminated()));
        return fields;
    }

    private static Map<String, Object> of(Flavor flavor) {
        return Map.of(
                "original_name", flavor.name(),
                "vcpus", (long) flavor.vcpus(),
                "ram", (long) flavor.memoryMiB(),
                "disk", (long) flavor.diskGiB(),
                "ephemeral", (long) flavor.ephemeralGiB(),
                "swap", (long) flavor.swapMiB(),
                "extra_specs", flavor.extraSpecs());
    }

    private static @Nullable String text(@Nullable Object time) {
        return time == null ? null : time.toString();
    }
}
