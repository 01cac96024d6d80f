// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.RosterDesk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rosters in their table. The SQL is the same on every engine. */
public final class SqlRosters implements RosterDesk {
    private final Questions questions;

    public SqlRosters(Engine engine) {
        this.questions = new Questions(engine);
    }

    @Override
    public void put(String name, Roster roster) {
        byte[] content = Compression.deflate(roster.content());
        questions.write(transaction -> new SqlText("")
                .add(
                        transaction
                                .dialect()
                                .upsert("rosters", "name, began, content", "name", "began, content", "began"),
                        name,
                        Micros.floor(roster.slotStart()),
                        content)
                .update(transaction.connection()));
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
