// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Servers that differ a little from another. */
final class Servers {
    private Servers() {}

    static Server with(Server old, @Nullable Instant updated, Map<String, String> metadata) {
        return copy(old, updated, metadata, old.flavorId(), old.flavor(), old.imageId());
    }

    static Server withFlavor(Server old, @Nullable String id, @Nullable Flavor embedded) {
        return copy(old, old.updated(), old.metadata(), id, embedded, old.imageId());
    }

    static Server withImage(Server old, @Nullable String id) {
        return copy(old, old.updated(), old.metadata(), old.flavorId(), old.flavor(), id);
    }

    /** What Nova shows of a server whose cell is down. */
    static Server partial(String id) {
        return new Server(
                id,
                null,
                "UNKNOWN",
                "project",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                FakeCloud.START,
                null,
                null,
                null,
                Map.of(),
                List.of());
    }

    private static Server copy(
            Server old,
            @Nullable Instant updated,
            Map<String, String> metadata,
            @Nullable String flavorId,
            @Nullable Flavor flavor,
            @Nullable String imageId) {
        return new Server(
                old.id(),
                old.name(),
                old.status(),
                old.projectId(),
                old.userId(),
                old.hostId(),
                old.host(),
                old.node(),
                old.hostname(),
                old.instanceName(),
                imageId,
                flavorId,
                flavor,
                old.vmState(),
                old.taskState(),
                old.powerState(),
                old.availabilityZone(),
                old.reservationId(),
                old.kernelId(),
                old.ramdiskId(),
                old.created(),
                updated,
                old.launched(),
                old.terminated(),
                metadata,
                old.tags());
    }
}
