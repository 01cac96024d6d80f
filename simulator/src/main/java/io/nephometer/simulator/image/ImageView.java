// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.image;

import io.nephometer.simulator.cloud.Image;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An image as the API shows it: its properties first, then what every image has. */
final class ImageView {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private ImageView() {}

    static Map<String, @Nullable Object> tree(Image image) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(image.properties());
        String self = "/v2/images/" + image.id();
        String file = "file:///var/lib/glance/images/" + image.id();
        tree.put("name", image.name());
        tree.put("disk_format", "raw");
        tree.put("container_format", "bare");
        tree.put("visibility", image.isPublic() ? "public" : "shared");
        tree.put("size", image.size());
        tree.put("virtual_size", image.size());
        tree.put("status", "active");
        tree.put("checksum", hash(image, 1));
        tree.put("protected", false);
        tree.put("min_ram", image.minRam());
        tree.put("min_disk", image.minDisk());
        tree.put("owner", image.owner().id());
        tree.put("os_hidden", false);
        tree.put("os_hash_algo", "sha512");
        tree.put("os_hash_value", hash(image, 4));
        tree.put("id", image.id());
        tree.put("created_at", time(image.created()));
        tree.put("updated_at", time(image.updated()));
        tree.put("locations", List.of(Map.of("url", file, "metadata", Map.of("store", "fs"))));
        tree.put("direct_url", file);
        tree.put("tags", List.of());
        tree.put("self", self);
        tree.put("file", self + "/file");
        tree.put("schema", "/v2/schemas/image");
        tree.put("stores", "fs");
        return tree;
    }

    private static String time(Instant instant) {
        return SECONDS.format(instant);
    }

    /** Something of the right form: there are no bytes to hash. */
    private static String hash(Image image, int parts) {
        UUID id = UUID.fromString(image.id());
        return "%016x%016x"
                .formatted(id.getLeastSignificantBits(), id.getMostSignificantBits())
                .repeat(parts);
    }
}
