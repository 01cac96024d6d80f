// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.nova;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What recorded JSON trees mean, read in another way than the client does: whole trees, field by field of the record. */
final class ExpectedNova {
    private ExpectedNova() {}

    static Server server(Map<String, Object> json) {
        Object image = json.get("image");
        Map<String, Object> flavor = map(json.get("flavor"));
        boolean embedded = flavor.containsKey("original_name");
        return new Server(
                string(json, "id"),
                text(json, "name"),
                string(json, "status"),
                text(json, "tenant_id"),
                text(json, "user_id"),
                text(json, "hostId"),
                text(json, "OS-EXT-SRV-ATTR:host"),
                text(json, "OS-EXT-SRV-ATTR:hypervisor_hostname"),
                text(json, "OS-EXT-SRV-ATTR:hostname"),
                text(json, "OS-EXT-SRV-ATTR:instance_name"),
                image instanceof Map<?, ?> map ? (String) map.get("id") : null,
                embedded ? null : text(flavor, "id"),
                embedded ? flavor(flavor, null, "original_name", "ephemeral") : null,
                text(json, "OS-EXT-STS:vm_state"),
                text(json, "OS-EXT-STS:task_state"),
                integer(json, "OS-EXT-STS:power_state"),
                text(json, "OS-EXT-AZ:availability_zone"),
                text(json, "OS-EXT-SRV-ATTR:reservation_id"),
                text(json, "OS-EXT-SRV-ATTR:kernel_id"),
                text(json, "OS-EXT-SRV-ATTR:ramdisk_id"),
                zoned(json, "created"),
                zoned(json, "updated"),
                local(json, "OS-SRV-USG:launched_at"),
                local(json, "OS-SRV-USG:terminated_at"),
                texts(json.get("metadata")),
                strings(json.get("tags")));
    }

    static Flavor flavor(Map<String, Object> json) {
        return flavor(json, string(json, "id"), "name", "OS-FLV-EXT-DATA:ephemeral");
    }

    private static Flavor flavor(Map<String, Object> json, @Nullable String id, String name, String ephemeral) {
        Object swap = json.get("swap");
        return new Flavor(
                id,
                string(json, name),
                number(json, "vcpus"),
                number(json, "ram"),
                number(json, "disk"),
                number(json, ephemeral),
                "".equals(swap) ? 0 : number(json, "swap"),
                texts(json.get("extra_specs")));
    }

    static Hypervisor hypervisor(Map<String, Object> json) {
        return new Hypervisor(
                String.valueOf(json.get("id")),
                string(json, "hypervisor_hostname"),
                text(map(json.get("service")), "host"),
                text(json, "hypervisor_type"),
                text(json, "state"),
                text(json, "status"),
                integer(json, "vcpus"),
                integer(json, "vcpus_used"),
                (Long) json.get("memory_mb"),
                (Long) json.get("memory_mb_used"),
                (Long) json.get("local_gb"),
                (Long) json.get("local_gb_used"),
                integer(json, "running_vms"));
    }

    private static String string(Map<String, Object> json, String field) {
        return (String) Objects.requireNonNull(json.get(field));
    }

    private static @Nullable String text(Map<String, Object> json, String field) {
        Object value = json.get(field);
        return "".equals(value) ? null : (String) value;
    }

    private static @Nullable Integer integer(Map<String, Object> json, String field) {
        Object value = json.get(field);
        return value == null ? null : ((Long) value).intValue();
    }

    private static int number(Map<String, Object> json, String field) {
        return ((Long) Objects.requireNonNull(json.get(field))).intValue();
    }

    private static @Nullable Instant zoned(Map<String, Object> json, String field) {
        return json.get(field) == null ? null : Instant.parse(string(json, field));
    }

    private static @Nullable Instant local(Map<String, Object> json, String field) {
        return json.get(field) == null
                ? null
                : LocalDateTime.parse(string(json, field)).toInstant(ZoneOffset.UTC);
    }

    @SuppressWarnings("unchecked") // an object of JSON
    private static Map<String, Object> map(@Nullable Object json) {
        return json == null ? Map.of() : (Map<String, Object>) json;
    }

    private static Map<String, String> texts(@Nullable Object json) {
        Map<String, String> texts = new LinkedHashMap<>();
        map(json).forEach((name, value) -> texts.put(name, (String) value));
        return texts;
    }

    @SuppressWarnings("unchecked") // an array of texts
    private static List<String> strings(@Nullable Object json) {
        return json == null ? List.of() : (List<String>) json;
    }
}
