// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.CleanupKind;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.StorableText;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.ledger.CleanupDesk;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be removed after instances, in its table. The SQL is the same on every engine. */
public final class SqlCleanups implements CleanupDesk {
    private static final String COLUMNS = "kind, resource, first_seen, attempts, last_tried, detail";
    private static final String KEY = "WHERE kind = ? AND resource = ?";
    private static final String OPEN = "settled IS NULL AND given_up IS NULL";
    private static final String ENTRIES = "SELECT kind, resource, host, attempts, first_seen, last_tried, settled, "
            + "given_up, detail FROM pending_cleanups";
    private static final long NEVER = Long.MIN_VALUE;

    private final Questions questions;
    private final LedgerTime time;

    /** @param clock for engines without one of their own */
    public SqlCleanups(Engine engine, InstantSource clock) {
        this.questions = new Questions(engine);
        this.time = new LedgerTime(engine, clock);
    }

    @Override
    public Attempt attempt(Target target, Instant tick, int most, String detail) {
        long tried = Micros.floor(tick);
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            add(transaction, target);
            int counted = new SqlText("UPDATE pending_cleanups SET attempts = attempts + 1, last_tried = ?,")
                    .add("detail = ?", tried, StorableText.cleaned(detail))
                    .add(KEY, target.kind().name(), target.instance())
                    .add("AND last_tried < ? AND attempts < ? AND " + OPEN, tried, (long) most)
                    .update(connection);
            host(connection, target);
            new SqlText("UPDATE pending_cleanups SET given_up = last_tried")
                    .add(KEY, target.kind().name(), target.instance())
                    .add("AND attempts >= ? AND " + OPEN, (long) most)
                    .update(connection);
            Entry entry = entry(connection, target);
            return new Attempt(counted > 0, entry.attempts(), entry.givenUp());
        });
    }

    private void add(Transaction transaction, Target target) throws SQLException {
        Connection connection = transaction.connection();
        String first = transaction.dialect().insertIfAbsent("pending_cleanups", COLUMNS, "kind, resource");
        new SqlText("")
                .add(first, target.kind().name(), target.instance(), time.now(connection), 0L, NEVER, "")
                .update(connection);
    }

    /** Where it is now. */
    private static void host(Connection connection, Target target) throws SQLException {
        String host = target.host();
        if (host != null) {
            new SqlText("UPDATE pending_cleanups SET host = ?")
                    .add("", StorableText.cleaned(host))
                    .add(KEY, target.kind().name(), target.instance())
                    .update(connection);
        }
    }

    @Override
    public boolean clean(Target target, Collection<Carry> carries, Instant tick) {
        List<Carry> sorted = carries.stream()
                .sorted(Comparator.comparing(Carry::task).thenComparing(Carry::subject))
                .toList();
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            if (!hasEnded(connection, target.instance())) {
                return false;
            }
            for (Carry carry : sorted) {
                new SqlText("DELETE FROM usage_carries WHERE task = ? AND subject = ?")
                        .add("", carry.task(), carry.subject())
                        .update(connection);
            }
            add(transaction, target);
            host(connection, target);
            settle(connection, target, tick);
            return true;
        });
    }

    /** What is not there any more has ended, and was forgotten. */
    private static boolean hasEnded(Connection connection, String instance) throws SQLException {
        List<Boolean> lives = new ArrayList<>(1);
        new SqlText("SELECT 1 FROM inventory_instances WHERE id = ? AND ended IS NULL")
                .add("", instance)
                .query(connection, _ -> lives.add(true));
        return lives.isEmpty();
    }

    @Override
    public void settle(Target target, Instant tick) {
        questions.write(transaction -> switch (target.kind()) {
            case ENDED -> settle(transaction.connection(), target, tick);
            case SOFT_DELETED ->
                new SqlText("DELETE FROM pending_cleanups")
                        .add(KEY, target.kind().name(), target.instance())
                        .update(transaction.connection());
        });
    }

    private static int settle(Connection connection, Target target, Instant tick) throws SQLException {
        return new SqlText("UPDATE pending_cleanups SET settled = ?, last_tried = ?")
                .add("", Micros.floor(tick), Micros.floor(tick))
                .add(KEY, target.kind().name(), target.instance())
                .add("AND settled IS NULL")
                .update(connection);
    }

    private static Entry entry(Connection connection, Target target) throws SQLException {
        List<Entry> found = new ArrayList<>(1);
        new SqlText(ENTRIES)
                .add(KEY, target.kind().name(), target.instance())
                .query(connection, row -> found.add(entry(row)));
        return found.getFirst();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new Target(CleanupKind.valueOf(row.getString(1)), row.getString(2), row.getString(3)),
                row.getInt(4),
                Micros.instant(row.getLong(5)),
                Micros.instant(row.getLong(6)),
                instant(row, 7),
                instant(row, 8),
                row.getString(9));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : Micros.instant(micros);
    }

    @Override
    public List<Entry> unsettled(CleanupKind kind) {
        return entries(new SqlText(ENTRIES).add("WHERE kind = ? AND settled IS NULL ORDER BY resource", kind.name()));
    }

    @Override
    public List<Entry> givenUp(Instant since) {
        return entries(new SqlText(ENTRIES).add("WHERE given_up > ? ORDER BY resource, kind", Micros.floor(since)));
    }

    @Override
    public List<Entry> entries() {
        return entries(
                new SqlText(ENTRIES).add("ORDER BY CASE WHEN given_up IS NULL THEN 1 ELSE 0 END, resource, kind"));
    }

    private List<Entry> entries(SqlText question) {
        return questions.read(session -> {
            List<Entry> entries = new ArrayList<>();
            question.query(session.connection(), row -> entries.add(entry(row)));
            return entries;
        });
    }

    @Override
    public List<Carry> staleCarries(Instant before) {
        return questions.read(session -> {
            List<Carry> carries = new ArrayList<>();
            new SqlText("SELECT task, subject FROM usage_carries")
                    .add("WHERE period_end < ? ORDER BY task, subject", Micros.floor(before))
                    .query(session.connection(), row -> carries.add(new Carry(row.getString(1), row.getString(2))));
            return carries;
        });
    }
}
