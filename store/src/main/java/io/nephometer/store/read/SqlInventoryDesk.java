// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.AssetKind;
import io.nephometer.model.AssetVersion;
import io.nephometer.model.InstanceVersion;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.StorableText;
import io.nephometer.store.commit.VersionTable;
import io.nephometer.store.commit.VersionTables;
import io.nephometer.store.ledger.InventoryDesk;
import io.nephometer.store.ledger.InventoryReader.Mark;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The inventory in its tables, written. The SQL is the same on every engine. */
public final class SqlInventoryDesk implements InventoryDesk {
    private final Engine engine;
    private final Questions questions;
    private final LedgerTime time;

    /** @param clock for engines without one of their own */
    public SqlInventoryDesk(Engine engine, InstantSource clock) {
        this.engine = engine;
        this.questions = new Questions(engine);
        this.time = new LedgerTime(engine, clock);
    }

    @Override
    public int put(Collection<InstanceVersion> told) {
        List<InstanceVersion> versions = List.copyOf(told);
        return versions.isEmpty()
                ? 0
                : questions.write(transaction -> VersionTable.putInstances(versions, transaction, engine.forUpdate()));
    }

    @Override
    public int putAssets(Collection<AssetVersion> told) {
        List<AssetVersion> versions = List.copyOf(told);
        return versions.isEmpty()
                ? 0
                : questions.write(transaction -> VersionTable.putAssets(versions, transaction, engine.forUpdate()));
    }

    @Override
    public boolean complete(String source, Instant from, Instant until, Duration asked) {
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            long now = time.now(connection);
            String row = transaction
                    .dialect()
                    .insertIfAbsent("inventory_marks", "source, updated_at, lease_until", "source");
            new SqlText("").add(row, source, now, 0L).update(connection);
            Optional<Mark> mark = SqlInventory.mark(connection, source, now, engine.forUpdate())
                    .filter(Mark::isBelieved);
            long begin = Micros.floor(from);
            long end = Math.min(Micros.floor(until), now - asked.toNanos() / 1_000);
            // A mark may begin with a window that is empty, wherever that stands by now.
            long first = from.equals(until) ? end : begin;
            long begun = mark.isPresent() ? Micros.floor(mark.get().from()) : first;
            long reached = mark.isPresent() ? Micros.floor(mark.get().until()) : first;
            if (mark.isPresent() && end <= reached) {
                return true;
            }
            if ((mark.isPresent() && begin > reached) || end < reached) {
                return false;
            }
            new SqlText("UPDATE inventory_marks SET")
                    .add("complete_from = ?, complete_until = ?, updated_at = ?", begun, end, now)
                    .add("WHERE source = ?", source)
                    .update(connection);
            return true;
        });
    }

    @Override
    public int toldAllSince(Instant begun) {
        return toldAllSince(VersionTables.INSTANCES, begun);
    }

    @Override
    public int toldAllAssetsSince(AssetKind kind, Instant begun) {
        return toldAllSince(VersionTables.of(kind), begun);
    }

    private int toldAllSince(VersionTables tables, Instant begun) {
        long since = Micros.floor(begun);
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            int ended = new SqlText("UPDATE " + tables.lives() + " SET ended = told")
                    .add("WHERE ended IS NULL AND lacking IS NOT NULL AND lacking < ? AND told < ?", since, since)
                    .update(connection);
            new SqlText("UPDATE " + tables.lives() + " SET")
                    .add("lacking = ? WHERE ended IS NULL AND lacking IS NULL AND told < ?", since, since)
                    .update(connection);
            return ended;
        });
    }

    @Override
    public boolean lease(String source, String reader, Duration lease) {
        String name = StorableText.cleaned(reader);
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            long now = time.now(connection);
            long until = now + lease.toMillis() * 1_000;
            String first = transaction
                    .dialect()
                    .insertIfAbsent("inventory_marks", "source, updated_at, reader, lease_until", "source");
            if (new SqlText("").add(first, source, now, name, until).update(connection) > 0) {
                return true;
            }
            return new SqlText("UPDATE inventory_marks SET reader = ?, lease_until = ?")
                            .add("WHERE source = ? AND (lease_until < ? OR reader = ?)", name, until, source, now, name)
                            .update(connection)
                    > 0;
        });
    }
}
