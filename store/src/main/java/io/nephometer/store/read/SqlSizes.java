// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.TableSize;
import java.util.ArrayList;
import java.util.List;

/** Counts and measures the tables. */
public final class SqlSizes {
    private static final List<String> TABLES = List.of(
            "intake",
            "events",
            "samples",
            "slot_samples",
            "pending_samples",
            "slots",
            "slot_members",
            "slot_stays",
            "slot_sources",
            "inventory_instances",
            "inventory_versions",
            "inventory_hosts",
            "inventory_host_versions",
            "inventory_flavors",
            "inventory_flavor_versions",
            "inventory_volumes",
            "inventory_volume_versions",
            "inventory_attachments",
            "inventory_attachment_versions",
            "pending_cleanups",
            "audit_runs",
            "audit_occurrences",
            "usage_carries",
            "usage_counts",
            "incarnations",
            "metadata_versions",
            "resources",
            "labels",
            "event_types",
            "meters",
            "recovery",
            "recovery_history",
            "log");

    private SqlSizes() {}

    public static List<TableSize> of(Engine engine) {
        return new Questions(engine).read(session -> {
            List<TableSize> sizes = new ArrayList<>();
            for (String table : TABLES) {
                long bytes = engine.sizeOf(session, table);
                new SqlText("SELECT count(*) FROM " + table)
                        .query(session.connection(), row -> sizes.add(new TableSize(table, row.getLong(1), bytes)));
            }
            return sizes;
        });
    }
}
