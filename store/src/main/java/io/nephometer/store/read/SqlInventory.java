// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.InstanceShare;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inventory in its tables, read. The SQL is the same on every engine. */
public final class SqlInventory implements InventoryReader {
    private static final String WINDOW = """
            SELECT v.id, v.since, v.told, v.host, v.launched, i.launched, i.ended, v.fields, n.host, n.ended, n.fields
            FROM inventory_instances i JOIN inventory_versions v ON v.id = i.id AND v.since = coalesce(
                (SELECT max(w.since) FROM inventory_versions w
                    WHERE w.id = i.id AND w.since < ? AND w.launched IS NOT NULL),
                (SELECT min(w.since) FROM inventory_versions w WHERE w.id = i.id AND w.launched IS NOT NULL))
            LEFT JOIN inventory_versions n ON n.id = i.id AND n.unseen < ? AND n.since =
                (SELECT min(w.since) FROM inventory_versions w WHERE w.id = i.id AND w.since >= ?)
            WHERE i.launched < ? AND (i.ended IS NULL OR i.ended > ?)""";

    private static final String OF_SHARE = "AND v.share = ?";

    private static final String OF_IDS = "AND i.id >= ? AND i.id < ?";

    /** For tests of plans. */
    public static final String SHARE_WINDOW = WINDOW + " " + OF_SHARE;

    /** For tests of plans. */
    public static final String IDS_WINDOW = WINDOW + " " + OF_IDS;

    /** Instances that are asked for in one statement. */
    private static final int AT_ONCE = 400;

    /** A mark that lies in the future is believed up to so long before it was written: longer than a reading takes. */
    private static final long READING = 600_000_000;

    private final Questions questions;
    private final LedgerTime time;

    /** @param clock for engines without one of their own */
    public SqlInventory(Engine engine, InstantSource clock) {
        this.questions = new Questions(engine);
        this.time = new LedgerTime(engine, clock);
    }

    @Override
    public Optional<Mark> mark(String source) {
        return questions.read(session -> mark(session.connection(), source));
    }

    private Optional<Mark> mark(Connection connection, String source) throws SQLException {
        return mark(connection, source, time.now(connection), "");
    }

    static Optional<Mark> mark(Connection connection, String source, long now, String forUpdate) throws SQLException {
        List<Mark> found = new ArrayList<>(1);
        new SqlText("SELECT complete_from, complete_until, updated_at FROM inventory_marks")
                .add("WHERE source = ? AND complete_until IS NOT NULL", source)
                .add(forUpdate)
                .query(connection, row -> found.add(mark(source, row, now)));
        return found.stream().findFirst();
    }

    /**
     * Nobody has read what had not happened yet, so a mark is never later than when it was written. One that was right then, and is later than
     * now, is seen by a clock that is behind, or was set back: by that one everything is known up to now.
     */
    private static Mark mark(String source, ResultSet row, long now) throws SQLException {
        long from = row.getLong(1);
        long until = row.getLong(2);
        long updated = row.getLong(3);
        boolean right = until <= updated;
        long then = right ? until : Math.max(from, updated - READING);
        long believed = then <= now ? then : Math.max(from, right ? now : from);
        return new Mark(
                source,
                Micros.instant(from),
                Micros.instant(believed),
                Micros.instant(updated),
                right ? null : Micros.instant(until));
    }

    @Override
    public Window window(String source, Period period, int share) {
        return window(source, period, SqlText.of(OF_SHARE, share));
    }

    @Override
    public Window window(String source, Period period, InstanceShare share) {
        String until = share.until();
        return window(
                source,
                period,
                until == null ? SqlText.of("AND i.id >= ?", share.from()) : SqlText.of(OF_IDS, share.from(), until));
    }

    private Window window(String source, Period period, SqlText which) {
        return questions.read(session -> {
            Connection connection = session.connection();
            Lived lived = new Lived();
            window(connection, period, which, lived);
            return lived.window(mark(connection, source));
        });
    }

    @Override
    public Window window(String source, Period period, Collection<String> instances) {
        List<String> sorted = instances.stream().distinct().sorted().toList();
        return questions.read(session -> {
            Connection connection = session.connection();
            Lived found = new Lived();
            for (int from = 0; from < sorted.size(); from += AT_ONCE) {
                List<String> some = sorted.subList(from, Math.min(sorted.size(), from + AT_ONCE));
                window(
                        connection,
                        period,
                        SqlText.of("AND i.id IN (" + "?, ".repeat(some.size() - 1) + "?)", some.toArray()),
                        found);
            }
            return found.window(mark(connection, source));
        });
    }

    private static void window(Connection connection, Period period, SqlText which, Lived to) throws SQLException {
        long begin = Micros.ceiling(period.begin());
        long end = Micros.ceiling(period.end());
        new SqlText("")
                .add(WINDOW, end, end, end, end, begin)
                .add(which)
                .add("ORDER BY v.id")
                .query(connection, row -> {
                    to.add(version(row, end), row, end);
                    return true;
                });
    }

    /** What lived in a period. */
    private static final class Lived {
        private final List<InstanceVersion> instances = new ArrayList<>();
        private final List<String> unsure = new ArrayList<>();

        void add(InstanceVersion version, ResultSet row, long end) throws SQLException {
            instances.add(version);
            byte[] next = row.getBytes(11);
            boolean differs = next != null
                    && NextVersion.differs(
                            version,
                            row.getString(9),
                            VersionRow.read(Compression.inflate(next)),
                            row.getObject(10) != null);
            if (differs || Micros.floor(version.since()) >= end) {
                unsure.add(version.id());
            }
        }

        Window window(Optional<Mark> mark) {
            return new Window(mark, instances, unsure);
        }
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
