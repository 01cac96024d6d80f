// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.ledger;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Meter;
import io.nephometer.store.commit.Dialect;
import io.nephometer.store.commit.Dictionary;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.EventRow;
import io.nephometer.store.commit.IntakeRow;
import io.nephometer.store.commit.LogRow;
import io.nephometer.store.commit.MetadataContent;
import io.nephometer.store.commit.MetadataKey;
import io.nephometer.store.commit.ReadSession;
import io.nephometer.store.commit.SampleRow;
import io.nephometer.store.commit.SlotSampleRow;
import io.nephometer.store.commit.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An engine that takes every message for new and remembers none. There is no such setting, and no such ledger to be had. */
record UndeduplicatedEngine(Engine inner) implements Engine {
    @Override
    public Transaction begin() throws SQLException {
        return new Admitting(inner.begin());
    }

    @Override
    public ReadSession read() throws SQLException {
        return inner.read();
    }

    @Override
    public Verdict verdict(SQLException failure) {
        return inner.verdict(failure);
    }

    @Override
    public Dialect dialect() {
        return inner.dialect();
    }

    @Override
    public String forUpdate() {
        return inner.forUpdate();
    }

    @Override
    public @Nullable String clock() {
        return inner.clock();
    }

    @Override
    public void setUuid(PreparedStatement statement, int index, UUID value) throws SQLException {
        inner.setUuid(statement, index, value);
    }

    @Override
    public UUID getUuid(ResultSet row, int column) throws SQLException {
        return inner.getUuid(row, column);
    }

    @Override
    public String traitCondition(int alternatives) {
        return inner.traitCondition(alternatives);
    }

    @Override
    public long sizeOf(ReadSession session, String table) throws SQLException {
        return inner.sizeOf(session, table);
    }

    /** Admits without asking; all else goes to the database. */
    private record Admitting(Transaction inner) implements Transaction {
        @Override
        public Set<UUID> admit(List<IntakeRow> rows, long acceptedAt) {
            return rows.stream().map(IntakeRow::key).collect(Collectors.toSet());
        }

        @Override
        public Map<UUID, BodyHash> hashes(Collection<UUID> keys) {
            return Map.of();
        }

        @Override
        public long nextBatch() throws SQLException {
            return inner.nextBatch();
        }

        @Override
        public Map<String, Long> findOrAdd(Dictionary dictionary, SortedSet<String> names) throws SQLException {
            return inner.findOrAdd(dictionary, names);
        }

        @Override
        public Map<Meter, Long> findOrAddMeters(Collection<Meter> meters) throws SQLException {
            return inner.findOrAddMeters(meters);
        }

        @Override
        public Map<MetadataKey, Long> findOrAddMetadata(SortedMap<MetadataKey, MetadataContent> versions)
                throws SQLException {
            return inner.findOrAddMetadata(versions);
        }

        @Override
        public void insertEvents(List<EventRow> rows) throws SQLException {
            inner.insertEvents(rows);
        }

        @Override
        public void insertSamples(List<SampleRow> rows) throws SQLException {
            inner.insertSamples(rows);
        }

        @Override
        public void insertSlotSamples(List<SlotSampleRow> rows) throws SQLException {
            inner.insertSlotSamples(rows);
        }

        @Override
        public long log(LogRow row) throws SQLException {
            return inner.log(row);
        }

        @Override
        public Connection connection() {
            return inner.connection();
        }

        @Override
        public Dialect dialect() {
            return inner.dialect();
        }

        @Override
        public void commit() throws SQLException {
            inner.commit();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
