// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.VersionRow;
import io.nephometer.store.commit.VersionTables;
import io.nephometer.store.ledger.InventoryReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inventory in its tables, read. The SQL is the same on every engine. */
public final class SqlInventory implements InventoryReader {
    private static final String WINDOW = """
            SELECT v.id, v.since, v.told, v.host, v.launched, i.launched, i.ended, v.fields
            FROM inventory_instances i JOIN inventory_versions v ON v.id = i.id AND v.since = coalesce(
                (SELECT max(w.since) FROM inventory_versions w
                    WHERE w.id = i.id AND w.since < ? AND w.launched IS NOT NULL),
                (SELECT min(w.since) FROM inventory_versions w WHERE w.id = i.id AND w.launched IS NOT NULL))""";

    private final Questions questions;

    public SqlInventory(Engine engine) {
        this.questions = new Questions(engine);
    }

    @Override
    public Optional<Mark> mark(String source) {
        return questions.read(session -> mark(session.connection(), source));
    }

    static Optional<Mark> mark(Connection connection, String source) throws SQLException {
        List<Mark> found = new ArrayList<>(1);
        new SqlText("SELECT complete_from, complete_until, updated_at FROM inventory_marks")
                .add("WHERE source = ? AND complete_until IS NOT NULL", source)
                .query(
                        connection,
                        row -> found.add(new Mark(
                                source,
                                Micros.instant(row.getLong(1)),
                                Micros.instant(row.getLong(2)),
                                Micros.instant(row.getLong(3)))));
        return found.stream().findFirst();
    }

    @Override
    public Window window(String source, Period period, int share) {
        return questions.read(session -> {
            Connection connection = session.connection();
            List<InstanceVersion> instances = new ArrayList<>();
            long begin = Micros.ceiling(period.begin());
            long end = Micros.ceiling(period.end());
            new SqlText("")
                    .add(WINDOW, end)
                    .add("WHERE i.launched < ? AND (i.ended IS NULL OR i.ended > ?)", end, begin)
                    .add("AND v.share = ? ORDER BY v.id", share)
                    .query(connection, row -> instances.add(version(row, end)));
            return new Window(mark(connection, source), instances);
        });
    }

    @Override
    public Assets assets(String source, AssetKind kind, Instant at) {
        return assets(source, kind, at, "");
    }

    @Override
    public Assets assets(String source, AssetKind kind, Instant at, int share) {
        return assets(source, kind, at, "AND v.share = " + share);
    }

    /** A version of the same moment as {@code at} is of then. */
    private Assets assets(String source, AssetKind kind, Instant at, String restriction) {
        VersionTables tables = VersionTables.of(kind);
        long time = Micros.floor(at);
        return questions.read(session -> {
            Connection connection = session.connection();
            List<AssetVersion> assets = new ArrayList<>();
            new SqlText("SELECT v.id, v.since, v.told, v.host, v.launched, i.ended, v.fields")
                    .add("FROM " + tables.lives() + " i JOIN " + tables.versions() + " v ON v.id = i.id AND v.since =")
                    .add(
                            "(SELECT max(w.since) FROM " + tables.versions() + " w WHERE w.id = i.id AND w.since <= ?)",
                            time)
                    .add("WHERE (i.ended IS NULL OR i.ended > ?) AND (v.ended IS NULL OR v.ended > ?)", time, time)
                    .add(restriction + " ORDER BY v.id")
                    .query(connection, row -> assets.add(asset(kind, row, time)));
            return new Assets(mark(connection, source), assets);
        });
    }

    private static AssetVersion asset(AssetKind kind, ResultSet row, long at) throws SQLException {
        return new AssetVersion(
                kind,
                row.getString(1),
                Micros.instant(row.getLong(2)),
                Micros.instant(row.getLong(3)),
                row.getString(4),
                instant(before(row, 5, Long.MAX_VALUE)),
                instant(before(row, 6, at)),
                VersionRow.read(Compression.inflate(row.getBytes(7))));
    }

    @Override
    public List<Ended> ended(Instant before, int share, int most) {
        return questions.read(session -> {
            List<Ended> ended = new ArrayList<>();
            new SqlText("SELECT i.id, v.host, i.ended FROM inventory_instances i")
                    .add("JOIN inventory_versions v ON v.id = i.id AND v.since = i.newest")
                    .add("LEFT JOIN pending_cleanups p ON p.resource = i.id AND p.kind = 'ENDED'")
                    .add("WHERE i.ended < ? AND v.share = ?", Micros.floor(before), share)
                    .add("AND (p.resource IS NULL OR (p.settled IS NULL AND p.given_up IS NULL))")
                    .add("ORDER BY i.id LIMIT ?", most)
                    .query(
                            session.connection(),
                            row -> ended.add(
                                    new Ended(row.getString(1), row.getString(2), Micros.instant(row.getLong(3)))));
            return ended;
        });
    }

    /** As of the end of the period: what happened later did not happen yet. */
    private static InstanceVersion version(ResultSet row, long end) throws SQLException {
        Long launched = before(row, 5, end);
        return new InstanceVersion(
                row.getString(1),
                Micros.instant(row.getLong(2)),
                Micros.instant(row.getLong(3)),
                row.getString(4),
                instant(launched == null ? before(row, 6, end) : launched),
                instant(before(row, 7, end)),
                VersionRow.read(Compression.inflate(row.getBytes(8))));
    }

    private static @Nullable Long before(ResultSet row, int column, long end) throws SQLException {
        long time = row.getLong(column);
        return row.wasNull() || time >= end ? null : time;
    }

    private static @Nullable Instant instant(@Nullable Long micros) {
        return micros == null ? null : Micros.instant(micros);
    }
}
