// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.MeteredResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Resources with what their last sample in the range of the question points at. */
final class ResourceRows {
    private ResourceRows() {}

    static void read(Connection connection, LedgerQuery query, Consumer<? super MeteredResource> to)
            throws SQLException {
        SqlText sql = new SqlText(
                "SELECT r.name, p.name, u.name, (SELECT min(measured) FROM samples s " + "WHERE s.resource_ref = r.id");
        range(sql, query);
        sql.add("), l.measured, m.content FROM resources r JOIN samples l ON l.id = "
                + "(SELECT s.id FROM samples s WHERE s.resource_ref = r.id");
        range(sql, query);
        sql.add("ORDER BY s.measured DESC, s.id DESC LIMIT 1) "
                + "JOIN metadata_versions m ON m.id = l.metadata_ref "
                + "LEFT JOIN labels p ON p.id = l.project_ref "
                + "LEFT JOIN labels u ON u.id = l.user_ref WHERE 1 = 1");
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
