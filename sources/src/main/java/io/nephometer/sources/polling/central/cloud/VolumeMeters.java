// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.sources.polling.central.CentralPollster;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of volumes, what is made of them, and the services that keep them. */
final class VolumeMeters {
    private static final String GIB = "GiB";

    private static final Metadata VOLUME = Metadata.attributes(
                    "name",
                    "status",
                    "volume_type",
                    "volume_type_id",
                    "availability_zone",
                    "os-vol-host-attr:host",
                    "migration_status",
                    "attachments",
                    "snapshot_id",
                    "source_volid")
            .with("image_id", VolumeMeters::image)
            .with("instance_id", VolumeMeters::instance);

    private static final Metadata SNAPSHOT = Metadata.attributes(
            "name", "volume_id", "status", "description", "metadata", "os-extended-snapshot-attributes:progress");

    private static final Metadata BACKUP = Metadata.attributes(
            "name", "is_incremental", "object_count", "container", "volume_id", "status", "description");

    private static final Map<String, Long> HEALTH = Map.of("up", 1L, "down", 0L);

    private VolumeMeters() {}

    static List<CentralPollster> all() {
        return List.of(
                size("volume.size", CloudDiscovery.VOLUMES, "os-vol-tenant-attr:tenant_id", VOLUME),
                size(
                        "volume.snapshot.size",
                        CloudDiscovery.SNAPSHOTS,
                        "os-extended-snapshot-attributes:project_id",
                        SNAPSHOT),
                size("volume.backup.size", CloudDiscovery.BACKUPS, "os-backup-project-attr:project_id", BACKUP),
                new ListedPollster(
                        ListedPollster.gauge("volume.service.health", "health"),
                        CloudDiscovery.SERVICES,
                        ListedPollster.Volume.status("state", HEALTH),
                        "",
                        "",
                        Metadata.attributes("binary", "host", "zone", "status")));
    }

    private static ListedPollster size(String name, String discovery, String project, Metadata metadata) {
        return new ListedPollster(
                ListedPollster.gauge(name, GIB),
                discovery,
                ListedPollster.Volume.attribute("size"),
                project,
                "user_id",
                metadata);
    }

    private static @Nullable Object image(Map<String, @Nullable Object> volume) {
        return volume.get("volume_image_metadata") instanceof Map<?, ?> image ? image.get("image_id") : null;
    }

    private static @Nullable Object instance(Map<String, @Nullable Object> volume) {
        return volume.get("attachments") instanceof List<?> list
                        && !list.isEmpty()
                        && list.getFirst() instanceof Map<?, ?> attachment
                ? attachment.get("server_id")
                : null;
    }
}
