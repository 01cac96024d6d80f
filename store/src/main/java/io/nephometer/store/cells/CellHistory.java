// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a cell database has of the past of its rows. A flavor that changes is written while the instance's task is a resize, between the first
 * and the last step of a migration; each step dates the migration, and the last one the launch of the instance.
 */
record CellHistory(Connection connection, CellShape shape) {
    private static final int AT_ONCE = 500;

    /** What ends with a launch of an instance that was there before. */
    private static final List<String> LAUNCHING =
            List.of("rebuild", "evacuate", "resize", "migrate", "revertResize", "unshelve");

    private static final String RESIZING = "resize";

    /** Those whose flavor is not proven to be what it was at a time. */
    Set<String> resizedSince(Instant then, Collection<CellInstance> instances) throws SQLException {
        List<CellInstance> touched = instances.stream()
                .filter(row -> {
                    Instant updated = row.time("updated_at");
                    return updated != null && !updated.isBefore(then);
                })
                .toList();
        if (!shape.has(CellTable.MIGRATIONS)) {
            return uuids(touched);
        }
        Set<String> resized = uuids(touched.stream()
                .filter(row -> String.valueOf(row.text("task_state")).startsWith(RESIZING))
                .toList());
        resized.addAll(
                which("migrations", touched, query -> query.add("AND coalesce(updated_at, created_at) >= ?", then)
                        .add("AND (migration_type IS NULL OR migration_type = ?)", RESIZING)
                        .add("AND NOT (old_instance_type_id <=> new_instance_type_id"
                                + " AND old_instance_type_id IS NOT NULL)")));
        return resized;
    }

    /** Those that may have been launched more than once. */
    Set<String> launchedAnew(Collection<CellInstance> instances) throws SQLException {
        return shape.has(CellTable.INSTANCE_ACTIONS)
                ? which("instance_actions", instances, query -> query.add("AND action")
                        .in(LAUNCHING))
                : uuids(instances);
    }

    private static Set<String> uuids(Collection<CellInstance> rows) {
        return rows.stream().map(CellInstance::uuid).collect(Collectors.toCollection(HashSet::new));
    }

    private interface Condition {
        CellQuery of(CellQuery query);
    }

    private Set<String> which(String table, Collection<CellInstance> instances, Condition condition)
            throws SQLException {
        List<String> all = List.copyOf(uuids(instances));
        Set<String> found = new HashSet<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            CellQuery query = new CellQuery("SELECT DISTINCT instance_uuid FROM " + table + " WHERE instance_uuid")
                    .in(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
            condition.of(query).each(connection, row -> found.add(row.getString(1)));
        }
        return found;
    }
}
