// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Meter;
import io.nephometer.store.commit.Dialect;
import io.nephometer.store.commit.Dictionary;
import io.nephometer.store.commit.EventRow;
import io.nephometer.store.commit.IntakeRow;
import io.nephometer.store.commit.LogRow;
import io.nephometer.store.commit.MetadataContent;
import io.nephometer.store.commit.MetadataKey;
import io.nephometer.store.commit.OvertakenException;
import io.nephometer.store.commit.SampleRow;
import io.nephometer.store.commit.SlotSampleRow;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.commit.WritingConnections;
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

/**
 * A transaction at READ COMMITTED: without locks on gaps between rows, and a claim that waited for another transaction sees what
 * that one committed. A round trip is what costs, so rows travel together.
 */
final class MariaDbTransaction implements Transaction {
    private final WritingConnections writers;
    private final Connection connection;
    private final MariaDbDictionaries dictionaries;
    private boolean committed;

    MariaDbTransaction(WritingConnections writers, Connection connection) {
        this.writers = writers;
        this.connection = connection;
        this.dictionaries = new MariaDbDictionaries(connection);
    }

    /**
     * IGNORE, because only it says which rows are new. What else it ignores cannot be here: the columns take every value of
     * their Java types, and texts were checked before.
     */
    @Override
    public Set<UUID> admit(List<IntakeRow> rows, long acceptedAt) throws SQLException {
        Set<UUID> admitted = new HashSet<>();
        Rows.query(
                connection,
                "INSERT IGNORE INTO intake (message_key, body_hash, accepted_at, message_text) VALUES ",
                4,
                " RETURNING message_key",
                rows,
                (insert, from, row) -> {
                    insert.setBytes(from, MariaDbEngine.bytes(row.key()));
                    insert.setBytes(from + 1, row.hash().toBytes());
                    insert.setLong(from + 2, acceptedAt);
                    insert.setString(from + 3, row.text());
                },
                row -> admitted.add(MariaDbEngine.uuid(row.getBytes(1))));
        return admitted;
    }

    @Override
    public Map<UUID, BodyHash> hashes(Collection<UUID> keys) throws SQLException {
        Map<UUID, BodyHash> hashes = new HashMap<>();
        Rows.query(
                connection,
                "SELECT message_key, body_hash FROM intake WHERE message_key IN (",
                1,
                ")",
                keys,
                (select, from, key) -> select.setBytes(from, MariaDbEngine.bytes(key)),
                row -> hashes.put(MariaDbEngine.uuid(row.getBytes(1)), BodyHash.ofBytes(row.getBytes(2))));
        return hashes;
    }

    @Override
    public long nextBatch() throws SQLException {
        try (PreparedStatement next = connection.prepareStatement("SELECT NEXT VALUE FOR batch_numbers");
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
        String sql = "INSERT INTO events (id, generated, message_key, type_ref, message_text, traits, raw) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?)";
        Rows.insert(connection, sql, rows, (insert, from, row) -> {
            insert.setLong(1, row.id());
            insert.setLong(2, row.generated());
            insert.setBytes(3, MariaDbEngine.bytes(row.message()));
            insert.setInt(4, row.type());
            insert.setString(5, row.messageText());
            insert.setString(6, row.traits());
            insert.setBytes(7, row.raw());
        });
    }

    @Override
    public void insertSamples(List<SampleRow> rows) throws SQLException {
        String sql =
                "INSERT INTO samples (id, measured, metadata_ref, message_key, resource_ref, project_ref, user_ref, "
                        + "pack) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
        Rows.insert(connection, sql, rows, (insert, from, row) -> {
            insert.setLong(1, row.id());
            insert.setLong(2, row.measured());
            insert.setLong(3, row.metadata());
            insert.setBytes(4, MariaDbEngine.bytes(row.message()));
            insert.setInt(5, row.resource());
            insert.setInt(6, row.project());
            insert.setInt(7, row.user());
            insert.setBytes(8, row.pack());
        });
    }

    @Override
    public void insertSlotSamples(List<SlotSampleRow> rows) throws SQLException {
        String sql = "INSERT INTO slot_samples (id, measured, slot_began, metadata_ref, resource_ref, project_ref, "
                + "user_ref, source_ref, number, pack) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try {
            Rows.insert(connection, sql, rows, (insert, from, row) -> {
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
            });
        } catch (SQLException e) {
            if (e.getErrorCode() == MariaDbEngine.DUPLICATE_KEY) {
                throw new OvertakenException("another writer measured the same in this slot: " + e.getMessage());
            }
            throw e;
        }
    }

    /** One round trip: the row lock of the head is held while the rest waits for nothing but the disk. */
    @Override
    public long log(LogRow row) throws SQLException {
        try (PreparedStatement log = connection.prepareStatement("""
                BEGIN NOT ATOMIC
                    UPDATE log_head SET position = last_insert_id(position + 1);
                    INSERT INTO log (position, batch, committed_at, events, packs, samples)
                    VALUES (last_insert_id(), ?, ?, ?, ?, ?);
                    INSERT INTO consumers (name, position, updated_at, messages, events, sample_only, unmatched,
                        recovered, duplicates, conflicts, fenced, samples, samples_refused)
                    VALUES (?, last_insert_id(), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE
                        position = VALUE(position), updated_at = VALUE(updated_at),
                        messages = messages + VALUE(messages), events = events + VALUE(events),
                        sample_only = sample_only + VALUE(sample_only), unmatched = unmatched + VALUE(unmatched),
                        recovered = recovered + VALUE(recovered), duplicates = duplicates + VALUE(duplicates),
                        conflicts = conflicts + VALUE(conflicts), fenced = fenced + VALUE(fenced),
                        samples = samples + VALUE(samples), samples_refused = samples_refused + VALUE(samples_refused);
                    SELECT last_insert_id();
                END
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
        return OnDuplicateKey.INSTANCE;
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
