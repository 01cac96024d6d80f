// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Event;
import io.nephometer.model.Fate;
import io.nephometer.model.Sample;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.RowId;
import io.nephometer.store.ledger.ConsumerProgress;
import io.nephometer.store.ledger.LedgerCursors;
import io.nephometer.store.ledger.LogEntry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The log of every engine. */
public final class SqlLedgerLog implements LedgerCursors {
    private final Engine engine;
    private final Questions questions;
    private final InstantSource clock;

    public SqlLedgerLog(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.questions = new Questions(engine);
        this.clock = clock;
    }

    @Override
    public long head() {
        return number(new SqlText("SELECT position FROM log_head"));
    }

    @Override
    public List<LogEntry> after(long position, int limit) {
        SqlText sql = new SqlText("SELECT position, batch, committed_at, events, samples FROM log")
                .add("WHERE position > ? ORDER BY position LIMIT ?", position, limit);
        List<LogEntry> entries = new ArrayList<>();
        return questions.read(session -> {
            sql.query(
                    session.connection(),
                    row -> entries.add(new LogEntry(
                            row.getLong(1),
                            row.getLong(2),
                            Micros.instant(row.getLong(3)),
                            row.getInt(4),
                            row.getInt(5))));
            return entries;
        });
    }

    @Override
    public void events(LogEntry entry, Consumer<? super Event> to) {
        questions.read(session -> {
            new EventRows(engine, session.connection())
                    .between(RowId.first(entry.batch()), RowId.last(entry.batch()), to);
            return true;
        });
    }

    @Override
    public void samples(LogEntry entry, Consumer<? super Sample> to) {
        questions.read(session -> {
            new SampleRows(engine, session.connection())
                    .between(RowId.first(entry.batch()), RowId.last(entry.batch()), sample -> {
                        to.accept(sample);
                        return true;
                    });
            return true;
        });
    }

    @Override
    public List<ConsumerProgress> consumers() {
        SqlText sql = new SqlText("SELECT name, position, updated_at, events, sample_only, unmatched, recovered, "
                + "duplicates, conflicts, fenced, samples, samples_refused FROM consumers ORDER BY name");
        List<ConsumerProgress> consumers = new ArrayList<>();
        return questions.read(session -> {
            sql.query(session.connection(), row -> consumers.add(progress(row)));
            return consumers;
        });
    }

    private static ConsumerProgress progress(ResultSet row) throws SQLException {
        Map<Fate, Long> messages = new EnumMap<>(Fate.class);
        int column = 4;
        for (Fate fate : Fate.values()) {
            messages.put(fate, row.getLong(column++));
        }
        return new ConsumerProgress(
                row.getString(1),
                row.getLong(2),
                Micros.instant(row.getLong(3)),
                messages,
                row.getLong(column),
                row.getLong(column + 1));
    }

    @Override
    public long cursor(String name) {
        return number(new SqlText("SELECT coalesce(max(position), 0) FROM cursors").add("WHERE name = ?", name));
    }

    private long number(SqlText sql) {
        long[] number = {0};
        return questions.read(session -> {
            sql.query(session.connection(), row -> {
                number[0] = row.getLong(1);
                return false;
            });
            return number[0];
        });
    }

    @Override
    public void moveCursor(String name, long position) {
        long now = Micros.floor(clock.instant());
        String upsert = engine.dialect()
                .upsert("cursors", "name, position, updated_at", "name", "position, updated_at", "position");
        SqlText sql = new SqlText("").add(upsert, name, position, now);
        questions.write(transaction -> sql.update(transaction.connection()));
    }

    @Override
    public void dropCursor(String name) {
        SqlText sql = new SqlText("DELETE FROM cursors").add("WHERE name = ?", name);
        questions.write(transaction -> sql.update(transaction.connection()));
    }
}
