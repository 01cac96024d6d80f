// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.sources.polling.central.CentralPollster;
import java.util.List;

/** Of images. */
final class ImageMeters {
    private static final Metadata METADATA = Metadata.attributes(
                    "status",
                    "visibility",
                    "name",
                    "container_format",
                    "created_at",
                    "disk_format",
                    "updated_at",
                    "min_disk",
                    "checksum",
                    "min_ram",
                    "tags",
                    "virtual_size")
            .with("is_protected", image -> image.get("protected"));

    private ImageMeters() {}

    /** An image whose data was not uploaded yet has no size. */
    static List<CentralPollster> all() {
        return List.of(new ListedPollster(
                ListedPollster.gauge("image.size", "B"),
                CloudDiscovery.IMAGES,
                ListedPollster.Volume.optional("size"),
                "owner",
                "",
                METADATA));
    }
}
