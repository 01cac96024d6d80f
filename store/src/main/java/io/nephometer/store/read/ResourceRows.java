// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.MeteredResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Resources with what their last sample in the range of the question points at. Row ids are unique over both tables. */
final class ResourceRows {
    private static final List<String> TABLES = List.of("samples", "slot_samples");

    private ResourceRows() {}

    static void read(Connection connection, LedgerQuery query, Consumer<? super MeteredResource> to)
            throws SQLException {
        SqlText sql = new SqlText("SELECT r.name, p.name, u.name, CASE WHEN r.first_slot_samples < r.first_samples "
                + "OR r.first_samples IS NULL THEN r.first_slot_samples ELSE r.first_samples END, "
                + "coalesce(b.measured, a.measured), m.content FROM (SELECT e.id, e.name");
        for (String table : TABLES) {
            of(sql, query, "(SELECT min(s.measured) FROM", table, ") AS first_");
            of(sql, query, "(SELECT s.id FROM", table, "ORDER BY s.measured DESC, s.id DESC LIMIT 1) AS last_");
        }
        // Of the two, the later one is to be found: b where it is, else a.
        sql.add("FROM resources e) r LEFT JOIN samples a ON a.id = r.last_samples "
                + "LEFT JOIN slot_samples b ON b.id = r.last_slot_samples "
                + "AND (a.id IS NULL OR (b.measured, b.id) > (a.measured, a.id)) "
                + "JOIN metadata_versions m ON m.id = coalesce(b.metadata_ref, a.metadata_ref) "
                + "LEFT JOIN labels p ON p.id = coalesce(b.project_ref, a.project_ref) "
                + "LEFT JOIN labels u ON u.id = coalesce(b.user_ref, a.user_ref) WHERE 1 = 1");
        if (query.resource() != null) {
            sql.add("AND r.name = ?", query.resource());
        }
        long[] left = {query.limit() == null ? Long.MAX_VALUE : query.limit()};
        sql.add("ORDER BY r.id").query(connection, row -> {
            Map<String, @Nullable Object> metadata = MetadataVersions.parse(row.getBytes(6));
            if (MetadataFilter.matches(query.metadata(), metadata)) {
                to.accept(resource(row, metadata));
                left[0]--;
            }
            return left[0] > 0;
        });
    }

    /** One more column: something of the rows of a resource in a table. */
    private static void of(SqlText sql, LedgerQuery query, String select, String table, String end) {
        sql.add(", " + select + " " + table + " s WHERE s.resource_ref = e.id");
        range(sql, query);
        sql.add(end + table);
    }

    private static void range(SqlText sql, LedgerQuery query) {
        if (query.project() != null) {
            sql.add("AND s.project_ref = (SELECT id FROM labels WHERE name = ?)", query.project());
        }
        if (query.from() != null) {
            sql.add("AND s.measured >= ?", Micros.ceiling(query.from()));
        }
        if (query.to() != null) {
            sql.add("AND s.measured < ?", Micros.ceiling(query.to()));
        }
        if (query.asOf() != null) {
            sql.add("AND s.measured <= ?", Micros.floor(query.asOf()));
        }
    }

    private static MeteredResource resource(ResultSet row, Map<String, @Nullable Object> metadata) throws SQLException {
        return new MeteredResource(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Micros.instant(row.getLong(4)),
                Micros.instant(row.getLong(5)),
                metadata);
    }
}
