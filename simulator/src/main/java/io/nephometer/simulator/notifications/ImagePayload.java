// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.notifications;

import io.nephometer.simulator.cloud.CloudEvent;
import io.nephometer.simulator.cloud.Image;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The payload of {@code image.*}. */
final class ImagePayload {
    private ImagePayload() {}

    static Map<String, @Nullable Object> tree(CloudEvent.OfImage event) {
        Image image = event.image();
        boolean stored = event.status().equals("active") || event.status().equals("deleted");
        boolean deleted = event.status().equals("deleted");
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("id", image.id());
        tree.put("name", image.name());
        tree.put("status", event.status());
        tree.put("created_at", Stamp.zulu(image.created()));
        tree.put("updated_at", Stamp.zulu(deleted ? event.at() : image.updated()));
        tree.put("min_disk", image.minDisk());
        tree.put("min_ram", image.minRam());
        tree.put("protected", false);
        tree.put("checksum", stored ? image.id().replace("-", "") : null);
        tree.put("owner", image.owner().id());
        tree.put("disk_format", "raw");
        tree.put("container_format", "bare");
        tree.put("size", stored ? image.size() : null);
        tree.put("virtual_size", stored ? image.size() : null);
        tree.put("is_public", image.isPublic());
        tree.put("visibility", image.isPublic() ? "public" : "shared");
        tree.put("properties", image.properties());
        tree.put("tags", List.of());
        tree.put("deleted", deleted);
        tree.put("deleted_at", deleted ? Stamp.zulu(event.at()) : null);
        if (event.type().equals("image.prepare") || event.type().equals("image.upload")) {
            tree.put("os_glance_importing_to_stores", List.of());
            tree.put("os_glance_failed_import", List.of());
        }
        if (event.type().equals("image.prepare")) {
            tree.put("backend", "fs");
        }
        return tree;
    }
}
