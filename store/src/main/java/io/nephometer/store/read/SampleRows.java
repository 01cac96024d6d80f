// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Meter;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.SamplePack;
import io.nephometer.store.ledger.LedgerQuery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Unpacks samples out of their rows. */
final class SampleRows {
    private static final String NAMES = """
            JOIN metadata_versions m ON m.id = s.metadata_ref
            LEFT JOIN resources r ON r.id = s.resource_ref
            LEFT JOIN labels p ON p.id = s.project_ref
            LEFT JOIN labels u ON u.id = s.user_ref
            WHERE 1 = 1""";

    private static final String SELECT = """
            SELECT s.measured, s.id, s.metadata_ref, r.name, p.name, u.name, s.pack, m.content,
                s.message_key, NULL, NULL, NULL
            FROM samples s
            """ + NAMES;

    private static final String SELECT_OF_SLOTS = """
            UNION ALL
            SELECT s.measured, s.id, s.metadata_ref, r.name, p.name, u.name, s.pack, m.content,
                NULL, f.name, f.interval_s, s.slot_began
            FROM slot_samples s JOIN slot_sources f ON f.id = s.source_ref
            """ + NAMES;

    private static final int MESSAGE = 9;
    private static final int SOURCE = 10;

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
        restrict(sql.add(SELECT_OF_SLOTS), query, "s");
        stream(sql.add("ORDER BY 1, 2"), query, meters, to);
    }

    /** Those of one batch, in the order they were written. */
    void between(long firstId, long lastId, Predicate<? super Sample> to) throws SQLException {
        String batch = "AND s.id BETWEEN ? AND ?";
        SqlText sql = new SqlText(SELECT)
                .add(batch, firstId, lastId)
                .add(SELECT_OF_SLOTS)
                .add(batch, firstId, lastId)
                .add("ORDER BY 2");
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
        Instant measured = Micros.instant(row.getLong(1));
        return new Sample(
                origin(row, pack, entry),
                meter,
                entry.volume(),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                measured,
                metadata);
    }

    private Sample.Origin origin(ResultSet row, SamplePack pack, SamplePack.Entry entry) throws SQLException {
        String source = row.getString(SOURCE);
        if (source != null) {
            return new Sample.Origin.Slotted(new Slot(
                    source, Duration.ofSeconds(row.getLong(SOURCE + 1)), Micros.instant(row.getLong(SOURCE + 2))));
        }
        return entry.origin(EventRows.messageId(engine.getUuid(row, MESSAGE), pack.messageText()));
    }
}
