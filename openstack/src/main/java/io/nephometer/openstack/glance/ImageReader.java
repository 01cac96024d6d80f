// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.glance;

import io.nephometer.openstack.api.AnswerException;
import io.nephometer.openstack.api.JsonCursor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one {@link Image} of the object on which a cursor stands. For one use. */
final class ImageReader {
    private final JsonCursor json;
    private final Map<String, String> properties = new LinkedHashMap<>();

    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String status;
    private @Nullable String owner;
    private @Nullable String visibility;
    private @Nullable String containerFormat;
    private @Nullable String diskFormat;
    private @Nullable Long size;
    private int minDisk;
    private int minRam;
    private @Nullable Instant created;
    private @Nullable Instant updated;

    private ImageReader(JsonCursor json) {
        this.json = json;
    }

    static Image read(JsonCursor json) throws AnswerException {
        ImageReader reader = new ImageReader(json);
        json.fields(reader::field);
        return reader.image();
    }

    private void field(String field) throws AnswerException {
        switch (field) {
            case "id" -> id = json.text();
            case "name" -> name = json.textOrNull();
            case "status" -> status = json.text();
            case "owner" -> owner = json.textIfAny();
            case "visibility" -> visibility = json.textIfAny();
            case "container_format" -> containerFormat = json.textIfAny();
            case "disk_format" -> diskFormat = json.textIfAny();
            case "size" -> size = json.numberOrNull();
            case "min_disk" -> minDisk = json.integer();
            case "min_ram" -> minRam = json.integer();
            case "created_at" -> created = json.timeOrNull();
            case "updated_at" -> updated = json.timeOrNull();
            default -> property(field);
        }
    }

    private void property(String field) throws AnswerException {
        if (json.isText()) {
            properties.put(field, json.text());
        }
    }

    private Image image() throws AnswerException {
        if (id == null || status == null) {
            throw json.wrong("an image without " + (id == null ? "id" : "status"));
        }
        return new Image(
                id,
                name,
                status,
                owner,
                visibility,
                containerFormat,
                diskFormat,
                size,
                minDisk,
                minRam,
                created,
                updated,
                properties);
    }
}
