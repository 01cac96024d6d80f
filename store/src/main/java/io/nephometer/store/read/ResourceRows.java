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
        SqlText sql = new SqlText("SELECT r.name, p.name, u.name, r.first, coalesce(a.measured, b.measured), m.content "
                + "FROM (SELECT e.id, e.name, (SELECT min(f.measured) FROM (");
        each(sql, query, "SELECT min(s.measured) AS measured FROM", "");
        sql.add(") f) AS first, (SELECT l.id FROM (");
        each(
                sql,
                query,
                "SELECT * FROM (SELECT s.id, s.measured FROM",
                "ORDER BY s.measured DESC, s.id DESC LIMIT 1) AS t");
        sql.add(") l ORDER BY l.measured DESC, l.id DESC LIMIT 1) AS last FROM resources e) r "
                + "LEFT JOIN samples a ON a.id = r.last "
                + "LEFT JOIN slot_samples b ON b.id = r.last "
                + "JOIN metadata_versions m ON m.id = coalesce(a.metadata_ref, b.metadata_ref) "
                + "LEFT JOIN labels p ON p.id = coalesce(a.project_ref, b.project_ref) "
                + "LEFT JOIN labels u ON u.id = coalesce(a.user_ref, b.user_ref) WHERE 1 = 1");
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

    /** The same of each table, one after the other. */
    private static void each(SqlText sql, LedgerQuery query, String select, String end) {
        String union = "";
        for (String table : TABLES) {
            sql.add(union + select + " " + table + " s WHERE s.resource_ref = e.id");
            range(sql, query);
            sql.add(end);
            union = "UNION ALL ";
        }
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
