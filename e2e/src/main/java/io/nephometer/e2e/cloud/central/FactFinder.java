// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import static io.nephometer.openstack.api.ServiceType.BLOCK_STORAGE;
import static io.nephometer.openstack.api.ServiceType.IDENTITY;
import static io.nephometer.openstack.api.ServiceType.IMAGE;
import static io.nephometer.openstack.api.ServiceType.NETWORK;
import static io.nephometer.openstack.api.ServiceType.OBJECT_STORE;

import io.nephometer.e2e.cloud.central.Facts.Value;
import io.nephometer.e2e.cloud.central.Facts.What;
import io.nephometer.e2e.cloud.rest.Fields;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.runtime.WallClock;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the APIs for everything that central agents measure, in requests of its own. For one thread. */
final class FactFinder {
    private static final List<String> FLOATING_IP = List.of(
            "inactive", "active", "pending_create", "down", "created", "pending_update", "pending_delete", "error");

    private final RestCloud cloud;
    private final InstantSource clock = WallClock.system();
    private Map<What, Value> found = new HashMap<>();

    FactFinder(RestCloud cloud) {
        this.cloud = cloud;
    }

    Facts find() throws IOException, InterruptedException {
        found = new HashMap<>();
        Instant began = clock.instant();
        if (cloud.has(IMAGE)) {
            cloud.list(IMAGE, "/images?limit=100", "images")
                    .forEach(image -> number("image.size", image, "size", "owner"));
        }
        if (cloud.has(BLOCK_STORAGE)) {
            blockStorage();
        }
        if (cloud.has(NETWORK)) {
            cloud.list(NETWORK, "/floatingips", "floatingips").forEach(this::floatingIp);
        }
        if (cloud.has(OBJECT_STORE)) {
            Accounts accounts = new Accounts(cloud);
            for (Map<?, ?> project : cloud.list(IDENTITY, "/projects", "projects")) {
                accounts.of(Fields.text(project.get("id")), this::put);
            }
        }
        return new Facts(began, clock.instant(), found);
    }

    private void blockStorage() throws IOException, InterruptedException {
        cloud.list(BLOCK_STORAGE, "/volumes/detail?all_tenants=1", "volumes")
                .forEach(volume -> number("volume.size", volume, "size", "os-vol-tenant-attr:tenant_id"));
        cloud.list(BLOCK_STORAGE, "/snapshots/detail?all_tenants=1", "snapshots")
                .forEach(snapshot ->
                        number("volume.snapshot.size", snapshot, "size", "os-extended-snapshot-attributes:project_id"));
        cloud.list(BLOCK_STORAGE, "/backups/detail?all_tenants=1", "backups")
                .forEach(backup -> number("volume.backup.size", backup, "size", "os-backup-project-attr:project_id"));
        for (Map<?, ?> service : cloud.list(BLOCK_STORAGE, "/os-services", "services")) {
            put(
                    "volume.service.health",
                    service.get("binary") + "@" + service.get("host"),
                    "up".equals(service.get("state")) ? 1 : 0,
                    "");
        }
        cloud.list(BLOCK_STORAGE, "/scheduler-stats/get_pools?detail=true", "pools")
                .forEach(pool -> new Pool(pool).tell(this::put));
    }

    private void floatingIp(Map<?, ?> address) {
        String status = Fields.text(address.get("status")).toLowerCase(Locale.ROOT);
        put(
                "ip.floating",
                Fields.text(address.get("id")),
                FLOATING_IP.indexOf(status), // -1 for one that nobody knows
                Fields.text(address.get("tenant_id")));
    }

    private void number(String meter, Map<?, ?> entry, String field, String project) {
        if (entry.get(field) instanceof Number value) {
            put(meter, Fields.text(entry.get("id")), value.doubleValue(), Fields.text(entry.get(project)));
        }
    }

    private void put(String meter, @Nullable Object resource, double volume, String project) {
        found.put(new What(meter, Fields.text(resource)), new Value(volume, project));
    }
}
