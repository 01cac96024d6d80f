// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.Sample;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.SamplePack;
import io.nephometer.store.ledger.LedgerQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Unpacks samples out of their rows. */
final class SampleRows {
    private static final String SELECT = """
            SELECT s.measured, s.message_key, s.metadata_ref, r.name, p.name, u.name, s.pack, m.content
            FROM samples s
            JOIN metadata_versions m ON m.id = s.metadata_ref
            LEFT JOIN resources r ON r.id = s.resource_ref
            LEFT JOIN labels p ON p.id = s.project_ref
            LEFT JOIN labels u ON u.id = s.user_ref
            WHERE 1 = 1""";

    private final Engine engine;
    private final Connection connection;
    private final MetadataVersions versions = new MetadataVersions();

    SampleRows(Engine engine, Connection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    /** Hands samples over until {@code to} says false. */
    void read(LedgerQuery query, Predicate<? super Sample> to) throws SQLException {
        Map<Integer, Meter> all = Names.meters(connection);
        Map<Integer, Meter> meters = query.meter() == null ? all : Names.matching(all, query.meter(), Meter::name);
        if (meters.isEmpty()) {
            return;
        }
        SqlText sql = new SqlText(SELECT);
        restrict(sql, query, "s");
        stream(sql.add("ORDER BY s.measured, s.id"), query, meters, to);
    }

    /** Those of one batch, in the order they were written. */
    void between(long firstId, long lastId, Predicate<? super Sample> to) throws SQLException {
        SqlText sql = new SqlText(SELECT).add("AND s.id BETWEEN ? AND ? ORDER BY s.id", firstId, lastId);
        stream(sql, LedgerQuery.ALL, Names.meters(connection), to);
    }

    /** The parts of a query that rows of samples can be told apart by. */
    static void restrict(SqlText sql, LedgerQuery query, String alias) {
        if (query.resource() != null) {
            sql.add("AND " + alias + ".resource_ref = (SELECT id FROM resources WHERE name = ?)", query.resource());
        }
        if (query.project() != null) {
            sql.add("AND " + alias + ".project_ref = (SELECT id FROM labels WHERE name = ?)", query.project());
        }
        if (query.from() != null) {
            sql.add("AND " + alias + ".measured >= ?", Micros.ceiling(query.from()));
        }
        if (query.to() != null) {
            sql.add("AND " + alias + ".measured < ?", Micros.ceiling(query.to()));
        }
    }

    private void stream(SqlText sql, LedgerQuery query, Map<Integer, Meter> meters, Predicate<? super Sample> to)
            throws SQLException {
        sql.query(connection, row -> {
            SamplePack pack = SamplePack.of(row.getBytes(7));
            Map<String, @Nullable Object> metadata = versions.of(row.getLong(3), row.getBytes(8));
            if (!MetadataFilter.matches(query.metadata(), metadata)) {
                return true;
            }
            for (SamplePack.Entry entry : pack.entries()) {
                Meter meter = meters.get(entry.meter());
                if (meter != null && !to.test(sample(row, pack, entry, meter, metadata))) {
                    return false;
                }
            }
            return true;
        });
    }

    private Sample sample(
            ResultSet row, SamplePack pack, SamplePack.Entry entry, Meter meter, Map<String, @Nullable Object> metadata)
            throws SQLException {
        MessageId message = EventRows.messageId(engine.getUuid(row, 2), pack.messageText());
        Instant measured = Micros.instant(row.getLong(1));
        return new Sample(
                entry.origin(message),
                meter,
                entry.volume(),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                measured,
                metadata);
    }
}
