// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.glance;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image as Glance's API v2 shows it.
 *
 * @param sizeBytes null while nothing is uploaded
 * @param minDiskGiB smallest root disk, GiB
 * @param minRamMiB smallest memory, MiB
 * @param properties everything else that the image says as text, {@code os_distro} and {@code base_image_ref} among it
 */
public record Image(
        String id,
        @Nullable String name,
        String status,
        @Nullable String owner,
        @Nullable String visibility,
        @Nullable String containerFormat,
        @Nullable String diskFormat,
        @Nullable Long sizeBytes,
        int minDiskGiB,
        int minRamMiB,
        @Nullable Instant created,
        @Nullable Instant updated,
        Map<String, String> properties) {
    public Image {
        properties = Map.copyOf(properties);
    }
}
