// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.sqlite;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Meter;
import io.nephometer.store.commit.Compression;
import io.nephometer.store.commit.Dialect;
import io.nephometer.store.commit.Dictionary;
import io.nephometer.store.commit.EventRow;
import io.nephometer.store.commit.IntakeRow;
import io.nephometer.store.commit.LogRow;
import io.nephometer.store.commit.MetadataContent;
import io.nephometer.store.commit.MetadataKey;
import io.nephometer.store.commit.OnConflict;
import io.nephometer.store.commit.SampleRow;
import io.nephometer.store.commit.SlotSampleRow;
import io.nephometer.store.commit.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;

/** A transaction on the writing connection: a call into the library costs little, so rows are written one by one. */
final class SqliteTransaction implements Transaction {
    private final SqliteWriter writer;
    private final SqliteStatements statements;
    private boolean committed;

    SqliteTransaction(SqliteWriter writer, SqliteStatements statements) {
        this.writer = writer;
        this.statements = statements;
    }

    @Override
    public Set<UUID> admit(List<IntakeRow> rows, long acceptedAt) throws SQLException {
        PreparedStatement insert =
                statements.of("INSERT INTO intake VALUES (?, ?, ?, ?) ON CONFLICT (message_key) DO NOTHING");
        Set<UUID> admitted = new HashSet<>();
        for (IntakeRow row : rows) {
            insert.setBytes(1, SqliteEngine.bytes(row.key()));
            insert.setBytes(2, row.hash().toBytes());
            insert.setLong(3, acceptedAt);
            insert.setString(4, row.text());
            if (insert.executeUpdate() == 1) {
                admitted.add(row.key());
            }
        }
        return admitted;
    }

    @Override
    public Map<UUID, BodyHash> hashes(Collection<UUID> keys) throws SQLException {
        PreparedStatement select = statements.of("SELECT body_hash FROM intake WHERE message_key = ?");
        Map<UUID, BodyHash> hashes = new HashMap<>();
        for (UUID key : keys) {
            select.setBytes(1, SqliteEngine.bytes(key));
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    hashes.put(key, BodyHash.ofBytes(row.getBytes(1)));
                }
            }
        }
        return hashes;
    }

    @Override
    public long nextBatch() throws SQLException {
        return number(statements.of("SELECT position + 1 FROM log_head"));
    }

    @Override
    public Map<String, Long> findOrAdd(Dictionary dictionary, SortedSet<String> names) throws SQLException {
        PreparedStatement select = statements.of("SELECT id FROM " + dictionary.table() + " WHERE name = ?");
        PreparedStatement insert =
                statements.of("INSERT INTO " + dictionary.table() + " (name) VALUES (?) RETURNING id");
        Map<String, Long> ids = new HashMap<>();
        for (String name : names) {
            select.setString(1, name);
            insert.setString(1, name);
            ids.put(name, numberOrInserted(select, insert));
        }
        return ids;
    }

    @Override
    public Map<Meter, Long> findOrAddMeters(Collection<Meter> meters) throws SQLException {
        PreparedStatement select = statements.of("SELECT id FROM meters WHERE name = ? AND type = ? AND unit = ?");
        PreparedStatement insert = statements.of("INSERT INTO meters (name, type, unit) VALUES (?, ?, ?) RETURNING id");
        Map<Meter, Long> ids = new HashMap<>();
        for (Meter meter : meters) {
            for (PreparedStatement statement : List.of(select, insert)) {
                statement.setString(1, meter.name());
                statement.setString(2, meter.type().wireName());
                statement.setString(3, meter.unit());
            }
            ids.put(meter, numberOrInserted(select, insert));
        }
        return ids;
    }

    @Override
    public Map<MetadataKey, Long> findOrAddMetadata(SortedMap<MetadataKey, MetadataContent> versions)
            throws SQLException {
        PreparedStatement select = statements.of(
                "SELECT id FROM metadata_versions WHERE resource_ref = ? AND kind = ? AND content_hash = ?");
        PreparedStatement insert = statements.of("""
                INSERT INTO metadata_versions (resource_ref, kind, content_hash, valid_from, content)
                VALUES (?, ?, ?, ?, ?) RETURNING id
                """);
        Map<MetadataKey, Long> ids = new HashMap<>();
        for (Map.Entry<MetadataKey, MetadataContent> version : versions.entrySet()) {
            for (PreparedStatement statement : List.of(select, insert)) {
                statement.setInt(1, version.getKey().resource());
                statement.setShort(2, version.getKey().kind());
                statement.setBytes(3, SqliteEngine.bytes(version.getKey().hash()));
            }
            insert.setLong(4, version.getValue().validFrom());
            insert.setBytes(5, Compression.deflate(version.getValue().json()));
            ids.put(version.getKey(), numberOrInserted(select, insert));
        }
        return ids;
    }

    @Override
    public void insertEvents(List<EventRow> rows) throws SQLException {
        PreparedStatement insert = statements.of("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)");
        for (EventRow row : rows) {
            insert.setLong(1, row.id());
            insert.setLong(2, row.generated());
            insert.setBytes(3, SqliteEngine.bytes(row.message()));
            insert.setInt(4, row.type());
            insert.setString(5, row.messageText());
            insert.setString(6, row.traits());
            insert.setBytes(7, row.raw());
            insert.executeUpdate();
        }
    }

    @Override
    public void insertSamples(List<SampleRow> rows) throws SQLException {
        PreparedStatement insert = statements.of("INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        for (SampleRow row : rows) {
            insert.setLong(1, row.id());
            insert.setLong(2, row.measured());
            insert.setLong(3, row.metadata());
            insert.setBytes(4, SqliteEngine.bytes(row.message()));
            insert.setInt(5, row.resource());
            insert.setInt(6, row.project());
            insert.setInt(7, row.user());
            insert.setBytes(8, row.pack());
            insert.executeUpdate();
        }
    }

    @Override
    public void insertSlotSamples(List<SlotSampleRow> rows) throws SQLException {
        PreparedStatement insert = statements.of("INSERT INTO slot_samples VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (SlotSampleRow row : rows) {
            insert.setLong(1, row.id());
            insert.setLong(2, row.measured());
            insert.setLong(3, row.key().place().began());
            insert.setLong(4, row.metadata());
            insert.setInt(5, row.key().place().resource());
            insert.setInt(6, row.project());
            insert.setInt(7, row.user());
            insert.setShort(8, row.key().place().source());
            insert.setShort(9, row.key().number());
            insert.setBytes(10, row.pack());
            insert.executeUpdate();
        }
    }

    @Override
    public long log(LogRow row) throws SQLException {
        long position = number(statements.of("UPDATE log_head SET position = position + 1 RETURNING position"));
        PreparedStatement entry = statements.of("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)");
        entry.setLong(1, position);
        row.bindEntry(entry, 2);
        entry.executeUpdate();
        progress(row, position);
        return position;
    }

    private void progress(LogRow row, long position) throws SQLException {
        PreparedStatement progress = statements.of("""
                INSERT INTO consumers (name, position, updated_at, messages, events, sample_only, unmatched, recovered,
                    duplicates, conflicts, fenced, samples, samples_refused)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET
                    position = excluded.position, updated_at = excluded.updated_at,
                    messages = messages + excluded.messages, events = events + excluded.events,
                    sample_only = sample_only + excluded.sample_only, unmatched = unmatched + excluded.unmatched,
                    recovered = recovered + excluded.recovered, duplicates = duplicates + excluded.duplicates,
                    conflicts = conflicts + excluded.conflicts, fenced = fenced + excluded.fenced,
                    samples = samples + excluded.samples,
                    samples_refused = samples_refused + excluded.samples_refused
                """);
        progress.setString(1, row.consumer());
        progress.setLong(2, position);
        row.bindProgress(progress, 3);
        progress.executeUpdate();
    }

    @Override
    public Connection connection() {
        return statements.connection();
    }

    @Override
    public Dialect dialect() {
        return OnConflict.INSTANCE;
    }

    @Override
    public void commit() throws SQLException {
        statements.execute("COMMIT");
        committed = true;
    }

    @Override
    public void close() {
        boolean healthy = committed;
        try {
            if (!committed) {
                statements.execute("ROLLBACK");
                healthy = true;
            }
        } catch (SQLException e) {
            healthy = false; // the connection goes, and the transaction with it
        } finally {
            writer.release(healthy);
        }
    }

    private static long numberOrInserted(PreparedStatement select, PreparedStatement insert) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            if (row.next()) {
                return row.getLong(1);
            }
        }
        return number(insert);
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("a statement that always gives a number gave none");
            }
            return row.getLong(1);
        }
    }
}
