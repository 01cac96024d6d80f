// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.postgres;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Meter;
import io.nephometer.store.commit.Dialect;
import io.nephometer.store.commit.Dictionary;
import io.nephometer.store.commit.EventRow;
import io.nephometer.store.commit.IntakeRow;
import io.nephometer.store.commit.LogRow;
import io.nephometer.store.commit.MetadataContent;
import io.nephometer.store.commit.MetadataKey;
import io.nephometer.store.commit.OnConflict;
import io.nephometer.store.commit.OvertakenException;
import io.nephometer.store.commit.SampleRow;
import io.nephometer.store.commit.SlotSampleRow;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.commit.WritingConnections;
import java.sql.Array;
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
import java.util.stream.Stream;

/**
 * A transaction at READ COMMITTED: a claim that waited for another transaction sees what that one committed. A round trip is
 * what costs, so rows travel as arrays, or by COPY where none can be there already.
 */
final class PostgresTransaction implements Transaction {
    private static final String UNIQUE_VIOLATION = "23505";

    private final WritingConnections writers;
    private final Connection connection;
    private final PostgresDictionaries dictionaries;
    private boolean committed;

    PostgresTransaction(WritingConnections writers, Connection connection) {
        this.writers = writers;
        this.connection = connection;
        this.dictionaries = new PostgresDictionaries(connection);
    }

    /** The server inserts in the order of the arrays. */
    @Override
    public Set<UUID> admit(List<IntakeRow> rows, long acceptedAt) throws SQLException {
        Set<UUID> admitted = new HashSet<>();
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO intake (message_key, body_hash, accepted_at, message_text)
                SELECT key, hash, ?, text FROM unnest(?::uuid[], ?::uuid[], ?::text[]) AS row (key, hash, text)
                ON CONFLICT (message_key) DO NOTHING RETURNING message_key
                """)) {
            insert.setLong(1, acceptedAt);
            insert.setArray(2, array("uuid", rows.stream().map(IntakeRow::key)));
            insert.setArray(3, array("uuid", rows.stream().map(row -> uuid(row.hash()))));
            insert.setArray(4, array("text", rows.stream().map(IntakeRow::text)));
            try (ResultSet row = insert.executeQuery()) {
                while (row.next()) {
                    admitted.add(row.getObject(1, UUID.class));
                }
            }
        }
        return admitted;
    }

    @Override
    public Map<UUID, BodyHash> hashes(Collection<UUID> keys) throws SQLException {
        Map<UUID, BodyHash> hashes = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT message_key, body_hash FROM intake WHERE message_key = ANY (?::uuid[])")) {
            select.setArray(1, array("uuid", keys.stream()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID hash = row.getObject(2, UUID.class);
                    hashes.put(
                            row.getObject(1, UUID.class),
                            new BodyHash(hash.getMostSignificantBits(), hash.getLeastSignificantBits()));
                }
            }
        }
        return hashes;
    }

    private Array array(String type, Stream<?> elements) throws SQLException {
        return connection.createArrayOf(type, elements.toArray());
    }

    private static UUID uuid(BodyHash hash) {
        return new UUID(hash.high(), hash.low());
    }

    @Override
    public long nextBatch() throws SQLException {
        try (PreparedStatement next = connection.prepareStatement("SELECT nextval('batch_numbers')");
                ResultSet row = next.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    @Override
    public Map<String, Long> findOrAdd(Dictionary dictionary, SortedSet<String> names) throws SQLException {
        return dictionaries.findOrAdd(dictionary, names);
    }

    @Override
    public Map<Meter, Long> findOrAddMeters(Collection<Meter> meters) throws SQLException {
        return dictionaries.findOrAddMeters(meters);
    }

    @Override
    public Map<MetadataKey, Long> findOrAddMetadata(SortedMap<MetadataKey, MetadataContent> versions)
            throws SQLException {
        return dictionaries.findOrAddMetadata(versions);
    }

    @Override
    public void insertEvents(List<EventRow> rows) throws SQLException {
        BinaryCopy copy = new BinaryCopy();
        for (EventRow row : rows) {
            copy.row(7)
                    .int8(row.id())
                    .int8(row.generated())
                    .uuid(row.message())
                    .int4(row.type())
                    .text(row.messageText())
                    .text(row.traits())
                    .bytea(row.raw());
        }
        copy.send(
                connection,
                "COPY events (id, generated, message_key, type_ref, message_text, traits, raw) "
                        + "FROM STDIN (FORMAT binary)");
    }

    @Override
    public void insertSamples(List<SampleRow> rows) throws SQLException {
        BinaryCopy copy = new BinaryCopy();
        for (SampleRow row : rows) {
            copy.row(8)
                    .int8(row.id())
                    .int8(row.measured())
                    .int8(row.metadata())
                    .uuid(row.message())
                    .int4(row.resource())
                    .int4(row.project())
                    .int4(row.user())
                    .bytea(row.pack());
        }
        copy.send(
                connection,
                "COPY samples (id, measured, metadata_ref, message_key, resource_ref, project_ref, user_ref, pack) "
                        + "FROM STDIN (FORMAT binary)");
    }

    @Override
    public void insertSlotSamples(List<SlotSampleRow> rows) throws SQLException {
        BinaryCopy copy = new BinaryCopy();
        for (SlotSampleRow row : rows) {
            copy.row(10)
                    .int8(row.id())
                    .int8(row.measured())
                    .int8(row.key().place().began())
                    .int8(row.metadata())
                    .int4(row.key().place().resource())
                    .int4(row.project())
                    .int4(row.user())
                    .int2(row.key().place().source())
                    .int2(row.key().number())
                    .bytea(row.pack());
        }
        try {
            copy.send(
                    connection,
                    "COPY slot_samples (id, measured, slot_began, metadata_ref, resource_ref, project_ref, user_ref, "
                            + "source_ref, number, pack) FROM STDIN (FORMAT binary)");
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new OvertakenException("another writer measured the same in this slot: " + e.getMessage());
            }
            throw e;
        }
    }

    /** One statement: the row lock of the head is held while the rest waits for nothing but the disk. */
    @Override
    public long log(LogRow row) throws SQLException {
        try (PreparedStatement log = connection.prepareStatement("""
                WITH head AS (UPDATE log_head SET position = position + 1 RETURNING position),
                entry AS (
                    INSERT INTO log (position, batch, committed_at, events, packs, samples)
                    SELECT position, ?, ?, ?, ?, ? FROM head),
                progress AS (
                    INSERT INTO consumers AS c (name, position, updated_at, messages, events, sample_only, unmatched,
                        recovered, duplicates, conflicts, fenced, samples, samples_refused)
                    SELECT ?, position, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM head
                    ON CONFLICT (name) DO UPDATE SET
                        position = excluded.position, updated_at = excluded.updated_at,
                        messages = c.messages + excluded.messages, events = c.events + excluded.events,
                        sample_only = c.sample_only + excluded.sample_only,
                        unmatched = c.unmatched + excluded.unmatched, recovered = c.recovered + excluded.recovered,
                        duplicates = c.duplicates + excluded.duplicates, conflicts = c.conflicts + excluded.conflicts,
                        fenced = c.fenced + excluded.fenced, samples = c.samples + excluded.samples,
                        samples_refused = c.samples_refused + excluded.samples_refused)
                SELECT position FROM head
                """)) {
            int consumer = row.bindEntry(log, 1);
            log.setString(consumer, row.consumer());
            row.bindProgress(log, consumer + 1);
            try (ResultSet position = log.executeQuery()) {
                position.next();
                return position.getLong(1);
            }
        }
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Dialect dialect() {
        return OnConflict.INSTANCE;
    }

    @Override
    public void commit() throws SQLException {
        connection.commit();
        committed = true;
    }

    @Override
    public void close() {
        try {
            if (!committed) {
                connection.rollback();
            }
        } catch (SQLException e) {
            writers.discard(connection); // it goes, and the transaction with it
            return;
        }
        writers.giveBack(connection);
    }
}
