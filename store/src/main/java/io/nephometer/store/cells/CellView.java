// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import io.nephometer.runtime.Ticker;
import io.nephometer.store.commit.PoolConnection;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.OpenView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One server that holds a cell database, to look at. There is no method that writes, and its sessions refuse to. Each answer is of one
 * state of the database. Every method throws {@link LedgerException}, with the {@link CellException} as cause, if it fails. Thread-safe.
 */
public final class CellView implements OpenView {
    /** Rows of a page; the statements of a page are as many whatever it holds. */
    private static final int PAGE = 500;

    private static final String CHANGED = "(i.updated_at >= ? OR (i.updated_at IS NULL AND i.created_at >= ?))";

    /** What a server has is looked up anew after that time, in nanoseconds: it may have more than before. */
    private static final long SHAPE_LASTS = Duration.ofMinutes(10).toNanos();

    private final Ticker ticker;
    private final String name;
    private final HikariDataSource source;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private @Nullable CellShape shape;

    @GuardedBy("lock") private long probed;

    CellView(Ticker ticker, String name, HikariDataSource source) {
        this.ticker = ticker;
        this.name = name;
        this.source = source;
    }

    /**
     * What a question gave.
     *
     * @param clock the server's clock before it was asked: what was committed there until then is in the answer
     * @param <T> what was asked for
     */
    public record Seen<T>(Instant clock, T value) {}

    /**
     * Looks whether all is there that is needed, and which columns it lacks of those that can be done without. A Nova whose clocks are ahead
     * of the database's will write times that are over by then.
     */
    public Seen<List<String>> look() {
        return ask((connection, columns) -> {
            List<Instant> seen = new ArrayList<>();
            new CellQuery(NovaCell.LANDMARKS.beats())
                    .each(connection, row -> seen.add(Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS)));
            Instant clock = clock(connection);
            if (!seen.isEmpty() && seen.getLast().isAfter(clock.plus(NovaCell.APART))) {
                Duration apart = Duration.between(clock, seen.getLast());
                throw new CellException(
                        new CellTrouble(
                                CellTrouble.Reason.CLOCK_DIFFERS,
                                "most of Nova's services are " + apart.toSeconds()
                                        + " s ahead of the database's clock: let" + " all follow the same time server"),
                        null);
            }
            return columns.lacking();
        });
    }

    /**
     * The instances that lived in a period, each as it is now, and what is not certain of them. Those are in the share that their row's number
     * says, so that a migration moves none from one share to another.
     */
    public Seen<CellWindow> window(Period period, int share) {
        return ask((connection, columns) -> {
            CellHistory history = new CellHistory(connection, columns);
            List<CellInstance> lived =
                    window(connection, columns, period, share, new CellQuery("AND i.launched_at < ?", period.end()));
            List<CellInstance> later = window(
                    connection,
                    columns,
                    period,
                    share,
                    new CellQuery("AND i.launched_at >= ?", period.end()).add("AND i.created_at < ?", period.end()));
            Set<String> anew = history.launchedAnew(later);
            return new CellWindow(
                    lived,
                    history.resizedSince(period.end(), lived),
                    later.stream().filter(row -> anew.contains(row.uuid())).toList());
        });
    }

    private static List<CellInstance> window(
            Connection connection, CellShape columns, Period period, int share, CellQuery launched)
            throws SQLException {
        List<Long> ids = new ArrayList<>();
        new CellQuery("SELECT i.id FROM instances i WHERE")
                .add("(i.terminated_at IS NULL OR i.terminated_at > ?)", period.begin())
                .add(launched)
                .add("AND i.id % ? = ?", HostShare.COUNT, share)
                .each(connection, row -> ids.add(row.getLong(1)));
        return rows(connection, columns, ids.stream().sorted().toList()).stream()
                .filter(instance -> lived(instance, period))
                .toList();
    }

    /** A row that was deleted without an end to its run ended when it was deleted; a hidden one is the copy of one in another cell. */
    private static boolean lived(CellInstance instance, Period period) {
        Instant ended = instance.ended();
        Long hidden = instance.number("hidden");
        return (ended == null || ended.isAfter(period.begin())) && (hidden == null || hidden == 0);
    }

    /** Instances that are not deleted, in pages: those behind a row. */
    public Seen<List<CellInstance>> all(long after, int most) {
        return ask((connection, columns) -> page(
                connection,
                columns,
                new CellQuery("SELECT i.id FROM instances i WHERE i.deleted = 0").add("AND i.id > ?", after),
                most));
    }

    /** Instances that changed in {@code [since, before]}, deleted ones too, in pages: those behind a row. */
    public Seen<List<CellInstance>> changes(Instant since, @Nullable Instant before, long after, int most) {
        return ask((connection, columns) -> {
            CellQuery query = new CellQuery("SELECT i.id FROM instances i IGNORE INDEX FOR ORDER BY (PRIMARY) WHERE")
                    .add(CHANGED, since, since)
                    .add("AND i.id > ?", after);
            if (before != null) {
                query.add("AND (i.updated_at IS NULL OR i.updated_at <= ?)", before);
            }
            return page(connection, columns, query, most);
        });
    }

    private static List<CellInstance> page(Connection connection, CellShape columns, CellQuery query, int most)
            throws SQLException {
        if (columns.has(CellTable.INSTANCES, "hidden")) {
            query.add("AND (i.hidden = 0 OR i.hidden IS NULL)");
        }
        List<Long> ids = new ArrayList<>();
        query.add("ORDER BY i.id LIMIT ?", most).each(connection, row -> ids.add(row.getLong(1)));
        return rows(connection, columns, ids);
    }

    /** The rows of one instance: none, or one. */
    public Seen<List<CellInstance>> instance(String uuid) {
        return ask((connection, columns) -> {
            List<Long> ids = new ArrayList<>();
            new CellQuery("SELECT i.id FROM instances i WHERE")
                    .add("i.uuid = ?", uuid)
                    .each(connection, row -> ids.add(row.getLong(1)));
            return rows(connection, columns, ids);
        });
    }

    /** Instances of some hosts that are not deleted. */
    public Seen<List<CellInstance>> ofHosts(List<String> hosts) {
        return ask((connection, columns) -> onHosts(connection, columns, hosts, "i.deleted = 0"));
    }

    /** Deleted instances of some hosts whose files Nova has not removed yet: what {@code _run_pending_deletes} looks at. */
    public Seen<List<CellInstance>> notCleaned(List<String> hosts) {
        return ask((connection, columns) -> columns.has(CellTable.INSTANCES, "cleaned")
                ? onHosts(
                        connection, columns, hosts, "i.deleted <> 0 AND i.cleaned = 0 AND i.vm_state <> 'soft-delete'")
                : List.of());
    }

    private static List<CellInstance> onHosts(
            Connection connection, CellShape columns, List<String> hosts, String condition) throws SQLException {
        List<Long> ids = new ArrayList<>();
        if (!hosts.isEmpty()) {
            new CellQuery("SELECT i.id FROM instances i WHERE i.host")
                    .in(hosts)
                    .add("AND " + condition)
                    .each(connection, row -> ids.add(row.getLong(1)));
        }
        return rows(connection, columns, ids.stream().sorted().toList());
    }

    private static List<CellInstance> rows(Connection connection, CellShape columns, List<Long> ids)
            throws SQLException {
        CellRows rows = new CellRows(connection, columns);
        List<CellInstance> instances = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i += PAGE) {
            instances.addAll(rows.of(ids.subList(i, Math.min(ids.size(), i + PAGE))));
        }
        return instances;
    }

    /** All services that are not deleted. */
    public Seen<List<CellService>> services() {
        return ask((connection, columns) -> {
            List<CellService> services = new ArrayList<>();
            new CellQuery("SELECT host, `binary`, last_seen_up FROM services WHERE deleted = 0 ORDER BY id")
                    .each(
                            connection,
                            row -> services.add(new CellService(
                                    row.getString(1), row.getString(2), CellQuery.time(row, "last_seen_up"))));
            return services;
        });
    }

    /** All compute nodes that are not deleted; none if the user may not read them. */
    public Seen<List<CellNode>> nodes() {
        return ask((connection, columns) -> {
            List<CellNode> nodes = new ArrayList<>();
            List<String> read = columns.of(CellTable.COMPUTE_NODES);
            if (!read.isEmpty()) {
                new CellQuery("SELECT "
                                + String.join(
                                        ", ",
                                        read.stream().map(CellTable::quoted).toList())
                                + " FROM compute_nodes WHERE deleted = 0 ORDER BY host, hypervisor_hostname")
                        .each(
                                connection,
                                row -> nodes.add(new CellNode(
                                        String.valueOf(row.getString("host")),
                                        String.valueOf(row.getString("hypervisor_hostname")),
                                        CellQuery.values(row, read))));
            }
            return nodes;
        });
    }

    private interface Question<T> {
        T of(Connection connection, CellShape columns) throws SQLException;
    }

    /** A second time, if something that is asked for is not there any more: Nova was upgraded meanwhile, or a right was taken. */
    private <T> Seen<T> ask(Question<T> question) {
        try (Connection connection = PoolConnection.of(source)) {
            try {
                return answer(connection, question);
            } catch (SQLException e) {
                if (!CellShape.isOutOfDate(e)) {
                    throw e;
                }
                connection.rollback();
                forgetShape();
                return answer(connection, question);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            CellTrouble trouble = CellException.of(e);
            Kind kind = trouble.reason() == CellTrouble.Reason.FAILED ? Kind.FAILED : Kind.UNREACHABLE;
            throw new LedgerException(kind, "the cell database " + name + ": " + trouble.detail(), e);
        }
    }

    private <T> Seen<T> answer(Connection connection, Question<T> question) throws SQLException {
        CellShape columns = shape(connection);
        Instant clock = clock(connection);
        return new Seen<>(clock, question.of(connection, columns));
    }

    private void forgetShape() {
        lock.lock();
        try {
            shape = null;
        } finally {
            lock.unlock();
        }
    }

    /** Asked before the first table is, by which the state is chosen that the answer is of. */
    private static Instant clock(Connection connection) throws SQLException {
        Instant[] clock = new Instant[1];
        new CellQuery("SELECT utc_timestamp(6)")
                .each(
                        connection,
                        row -> clock[0] = row.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC));
        return clock[0];
    }

    /** Probing is the one I/O that happens under the lock: who comes second needs its outcome. */
    private CellShape shape(Connection connection) throws SQLException {
        lock.lock();
        try {
            CellShape known = shape;
            if (known == null || ticker.nanos() - probed > SHAPE_LASTS) {
                known = CellShape.probe(connection);
                shape = known;
                probed = ticker.nanos();
                connection.rollback();
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
