// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.nephometer.inventory.shared.feed.ServerStatus;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.HostId;
import io.nephometer.openstack.nova.Server;
import io.nephometer.store.cells.CellFlavor;
import io.nephometer.store.cells.CellInstance;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a row what {@code servers/detail} shows of it to an administrator.
 *
 * @param nameTemplate of domains, with a place for the row's number
 */
public record CellServers(String nameTemplate) {
    private static final String DELETED = "DELETED";

    /** What a row is not certain to say is null, as in answers of an older API. */
    public Server of(CellInstance row) {
        String host = filled(row.text("host"));
        String project = row.text("project_id");
        String state = row.text("vm_state");
        Instant updated = row.time("updated_at");
        CellFlavor flavor = row.flavor();
        return new Server(
                row.uuid(),
                row.text("display_name"),
                status(row, state),
                project,
                row.text("user_id"),
                host == null || project == null ? null : HostId.of(project, host),
                host,
                filled(row.text("node")),
                filled(row.text("hostname")),
                nameTemplate.formatted(row.id()),
                filled(row.text("image_ref")),
                null,
                flavor == null ? null : flavor(flavor),
                state,
                filled(row.text("task_state")),
                power(row),
                filled(row.text("availability_zone")),
                filled(row.text("reservation_id")),
                filled(row.text("kernel_id")),
                filled(row.text("ramdisk_id")),
                row.time("created_at"),
                updated == null ? row.time("created_at") : updated,
                row.time("launched_at"),
                row.time("terminated_at"),
                row.isDeleted() ? Map.of() : row.metadata(),
                row.tags());
    }

    /** What is deleted is gone, whatever its state was when it was. */
    private static String status(CellInstance row, @Nullable String state) {
        return row.isDeleted() ? DELETED : state == null ? "UNKNOWN" : ServerStatus.of(state, row.text("task_state"));
    }

    private static @Nullable Integer power(CellInstance row) {
        Long power = row.number("power_state");
        return power == null ? null : power.intValue();
    }

    private static Flavor flavor(CellFlavor flavor) {
        return new Flavor(
                flavor.id(),
                flavor.name(),
                flavor.vcpus(),
                flavor.memoryMiB(),
                flavor.diskGiB(),
                flavor.ephemeralGiB(),
                flavor.swapMiB(),
                flavor.extraSpecs());
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
