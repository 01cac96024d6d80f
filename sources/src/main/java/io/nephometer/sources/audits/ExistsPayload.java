// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.InstanceFields;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payload of {@link ExistsEvent}: the fields that Nova's has, in its order. What is not known is null, or empty where Nova has it so. */
final class ExistsPayload {
    /** What Nova writes as an empty text if there is none. */
    private static final List<String> EMPTY =
            List.of("cell_name", "kernel_id", "ramdisk_id", "state_description", "progress");

    private ExistsPayload() {}

    static Map<String, @Nullable Object> of(
            InstanceVersion instance, Period period, @Nullable Map<String, Map<String, Long>> bandwidth) {
        Map<String, @Nullable Object> payload = new LinkedHashMap<>();
        InstanceFields.ALL.forEach(name -> payload.put(name, value(instance, name)));
        payload.put("audit_period_beginning", NovaTime.period(period.begin()));
        payload.put("audit_period_ending", NovaTime.period(period.end()));
        if (bandwidth != null) {
            payload.put("bandwidth", bandwidth);
        }
        return payload;
    }

    private static @Nullable Object value(InstanceVersion instance, String name) {
        Map<String, @Nullable Object> fields = instance.fields();
        return switch (name) {
            case "instance_id" -> instance.id();
            case "host" -> instance.host();
            case "terminated_at" -> NovaTime.lifetime(instance.terminated());
            case "deleted_at" -> deleted(instance);
            case "launched_at" -> NovaTime.lifetime(instance.launched());
            case "image_ref_url" -> imageUrl(fields);
            case "image_meta" -> imageMeta(fields);
            case "metadata" -> fields.get(name) instanceof Map<?, ?> map ? map : Map.of();
            default -> field(fields, name);
        };
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
