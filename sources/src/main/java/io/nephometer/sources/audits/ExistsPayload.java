// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payload of {@link ExistsEvent}: the fields that Nova's has, in its order. What is not known is null, or empty where Nova has it so. */
final class ExistsPayload {
    private static final List<String> BEFORE_HOST = List.of(
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
            "created_at");
    private static final List<String> AFTER_IMAGE = List.of(
            "os_type",
            "kernel_id",
            "ramdisk_id",
            "state",
            "state_description",
            "progress",
            "access_ip_v4",
            "access_ip_v6");

    /** What Nova writes as an empty text if there is none. */
    private static final List<String> EMPTY =
            List.of("cell_name", "kernel_id", "ramdisk_id", "state_description", "progress");

    private ExistsPayload() {}

    static Map<String, @Nullable Object> of(InstanceVersion instance, Period period) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        Map<String, @Nullable Object> fields = instance.fields();
        BEFORE_HOST.forEach(name -> payload.put(name, field(fields, name)));
        payload.put("instance_id", instance.id());
        payload.put("host", instance.host());
        payload.put("terminated_at", NovaTime.lifetime(instance.terminated()));
        payload.put("deleted_at", deleted(instance));
        payload.put("launched_at", NovaTime.lifetime(instance.launched()));
        payload.put("image_ref_url", imageUrl(fields));
        AFTER_IMAGE.forEach(name -> payload.put(name, field(fields, name)));
        payload.put("image_meta", imageMeta(fields));
        payload.put("metadata", fields.get("metadata") instanceof Map<?, ?> map ? map : Map.of());
        payload.put("audit_period_beginning", NovaTime.period(period.begin()));
        payload.put("audit_period_ending", NovaTime.period(period.end()));
        return payload;
    }

    private static @Nullable Object field(Map<String, @Nullable Object> fields, String name) {
        Object value = fields.get(name);
        return value == null && EMPTY.contains(name) ? "" : value;
    }

    /** The API tells no time of deletion: that of the end stands in. */
    private static String deleted(InstanceVersion instance) {
        if (instance.terminated() == null) {
            return "";
        }
        return instance.fields().get("deleted_at") instanceof String told && !told.isEmpty()
                ? told
                : NovaTime.lifetime(instance.terminated());
    }

    /** The address that a notification told, if it is of the image that the instance has now; the API tells the id alone. */
    private static String imageUrl(Map<String, @Nullable Object> fields) {
        String image = image(fields);
        return fields.get("image_ref_url") instanceof String url && url.endsWith("/" + image) ? url : image;
    }

    private static String image(Map<String, @Nullable Object> fields) {
        return fields.get("image_ref") instanceof String id ? id : "";
    }

    private static Map<?, ?> imageMeta(Map<String, @Nullable Object> fields) {
        String image = image(fields);
        if (fields.get("image_meta") instanceof Map<?, ?> told
                && (image.isEmpty() || image.equals(told.get("base_image_ref")))) {
            return told;
        }
        return image.isEmpty() ? Map.of() : Map.of("base_image_ref", image);
    }
}
