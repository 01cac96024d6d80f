// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads instances by their row ids with what belongs to them: four statements for a page of any size. */
record CellRows(Connection connection, CellShape shape) {
    private static final String IMAGE = "image_";

    /** Those of a page, in the order of their ids. */
    List<CellInstance> of(List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Draft> drafts = new HashMap<>();
        List<Draft> ordered = new ArrayList<>();
        instances(ids, drafts, ordered);
        List<String> uuids = List.copyOf(drafts.keySet());
        metadata(CellTable.INSTANCE_METADATA, "", uuids, drafts);
        if (shape.has(CellTable.INSTANCE_SYSTEM_METADATA)) {
            metadata(CellTable.INSTANCE_SYSTEM_METADATA, IMAGE, uuids, drafts);
        }
        if (shape.has(CellTable.TAGS)) {
            new CellQuery("SELECT resource_id, tag FROM tags WHERE resource_id")
                    .in(uuids)
                    .add("ORDER BY resource_id, tag")
                    .each(connection, row -> {
                        Draft draft = drafts.get(row.getString(1));
                        if (draft != null) {
                            draft.tags.add(row.getString(2));
                        }
                    });
        }
        return ordered.stream().map(Draft::instance).toList();
    }

    private void instances(List<Long> ids, Map<String, Draft> drafts, List<Draft> ordered) throws SQLException {
        List<String> columns = shape.of(CellTable.INSTANCES);
        String selected = Stream.concat(
                        columns.stream().map(column -> "i." + CellTable.quoted(column)), Stream.of("x.flavor"))
                .collect(Collectors.joining(", "));
        new CellQuery("SELECT " + selected
                        + " FROM instances i LEFT JOIN instance_extra x ON x.instance_uuid = i.uuid WHERE i.id")
                .in(ids)
                .add("ORDER BY i.id")
                .each(connection, row -> {
                    Draft draft = new Draft(CellQuery.values(row, columns), row.getString("flavor"));
                    if (drafts.putIfAbsent(row.getString("uuid"), draft) == null) {
                        ordered.add(draft);
                    }
                });
    }

    /** Of a deleted instance what it had then: what was taken from it before is not told. */
    private void metadata(CellTable table, String prefix, List<String> uuids, Map<String, Draft> drafts)
            throws SQLException {
        if (uuids.isEmpty()) {
            return;
        }
        CellQuery query = new CellQuery("SELECT instance_uuid, `key`, value, deleted, deleted_at FROM " + table.table()
                        + " WHERE instance_uuid")
                .in(uuids);
        if (!prefix.isEmpty()) {
            query.add("AND `key` LIKE ?", prefix.replace("_", "\\_") + "%");
        }
        query.add("ORDER BY deleted_at, instance_uuid").each(connection, row -> {
            Draft draft = drafts.get(row.getString("instance_uuid"));
            String key = row.getString("key");
            String value = row.getString("value");
            if (draft != null
                    && key != null
                    && draft.had(row.getLong("deleted") != 0, CellQuery.time(row, "deleted_at"))) {
                (prefix.isEmpty() ? draft.metadata : draft.image)
                        .put(key.substring(prefix.length()), value == null ? "" : value);
            }
        });
    }

    /** An instance that is being put together. */
    private static final class Draft {
        private final Map<String, @Nullable Object> columns;
        private final @Nullable String flavor;
        private final Map<String, String> metadata = new TreeMap<>();
        private final Map<String, String> image = new TreeMap<>();
        private final List<String> tags = new ArrayList<>();

        Draft(Map<String, @Nullable Object> columns, @Nullable String flavor) {
            this.columns = columns;
            this.flavor = flavor;
        }

        boolean had(boolean removed, @Nullable Instant when) {
            return !removed
                    || (columns.get("deleted") instanceof Long deleted
                            && deleted != 0
                            && columns.get("deleted_at") instanceof Instant end
                            && when != null
                            && !when.isBefore(end));
        }

        CellInstance instance() {
            long id = columns.get("id") instanceof Long number ? number : 0;
            return new CellInstance(id, columns, CellFlavor.parse(flavor).orElse(null), metadata, image, tags);
        }
    }
}
