// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.RosterDesk;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rosters in their table. The SQL is the same on every engine. */
public final class SqlRosters implements RosterDesk {
    private final Questions questions;
    private final LedgerTime time;

    /** @param clock for engines without one of their own */
    public SqlRosters(Engine engine, InstantSource clock) {
        this.questions = new Questions(engine);
        this.time = new LedgerTime(engine, clock);
    }

    @Override
    public void put(String name, Roster roster) {
        byte[] content = Compression.deflate(roster.content());
        questions.write(transaction -> {
            Connection connection = transaction.connection();
            Instant now = Micros.instant(time.now(connection));
            if (!roster.isAhead(now)) {
                dropAhead(connection, name, now);
            }
            return new SqlText("")
                    .add(
                            transaction
                                    .dialect()
                                    .upsert("rosters", "name, began, content", "name", "began, content", "began"),
                            name,
                            Micros.floor(roster.slotStart()),
                            content)
                    .update(connection);
        });
    }

    private static void dropAhead(Connection connection, String name, Instant now) throws SQLException {
        List<Roster> kept = new ArrayList<>(1);
        new SqlText("SELECT began FROM rosters")
                .add("WHERE name = ?", name)
                .query(connection, row -> kept.add(new Roster(Micros.instant(row.getLong(1)), "")));
        for (Roster one : kept) {
            if (one.isAhead(now)) {
                new SqlText("DELETE FROM rosters")
                        .add("WHERE name = ? AND began = ?", name, Micros.floor(one.slotStart()))
                        .update(connection);
            }
        }
    }

    @Override
    public @Nullable Roster newest(String name) {
        return read(new SqlText("SELECT began, content FROM rosters").add("WHERE name = ?", name));
    }

    @Override
    public @Nullable Roster newerThan(String name, Instant slotStart) {
        return read(new SqlText("SELECT began, content FROM rosters")
                .add("WHERE name = ? AND began > ?", name, Micros.floor(slotStart)));
    }

    private @Nullable Roster read(SqlText query) {
        List<Roster> found = new ArrayList<>(1);
        questions.look(session -> {
            query.query(
                    session.connection(),
                    row -> found.add(new Roster(Micros.instant(row.getLong(1)), Compression.inflate(row.getBytes(2)))));
            return true;
        });
        return found.isEmpty() ? null : found.getFirst();
    }
}
