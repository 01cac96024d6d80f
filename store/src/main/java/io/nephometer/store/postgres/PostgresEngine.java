// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.store.commit.Dialect;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.OnConflict;
import io.nephometer.store.commit.PoolConnection;
import io.nephometer.store.commit.ReadSession;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.commit.WritingConnections;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PostgreSQL from version 13. */
public final class PostgresEngine implements Engine, AutoCloseable {
    private final @Nullable WritingConnections writers;
    private final HikariDataSource readers;
    private final HikariDataSource looks;

    /**
     * Takes all over.
     *
     * @param writers without them, the ledger can only be read
     * @param looks connections that a silent server does not hold for long
     */
    PostgresEngine(@Nullable WritingConnections writers, HikariDataSource readers, HikariDataSource looks) {
        this.writers = writers;
        this.readers = readers;
        this.looks = looks;
    }

    @Override
    public Transaction begin() throws SQLException {
        if (writers == null) {
            throw new SQLException("this ledger was opened to be read only", "25006");
        }
        return new PostgresTransaction(writers, writers.take());
    }

    @Override
    public ReadSession read() throws SQLException {
        return new ReadSession(PoolConnection.of(readers));
    }

    @Override
    public ReadSession look() throws SQLException {
        return new ReadSession(PoolConnection.of(looks));
    }

    /** 40001 serialization failure, 40P01 deadlock; classes 22 data exception, 23 integrity constraint violation. */
    @Override
    public Verdict verdict(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return Verdict.UNAVAILABLE;
        }
        if (state.equals("40001") || state.equals("40P01")) {
            return Verdict.AGAIN;
        }
        return state.startsWith("22") || state.startsWith("23") ? Verdict.DATA : Verdict.UNAVAILABLE;
    }

    @Override
    public Dialect dialect() {
        return OnConflict.INSTANCE;
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    @Override
    public String clock() {
        return "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    }

    @Override
    public void setUuid(PreparedStatement statement, int index, UUID value) throws SQLException {
        statement.setObject(index, value);
    }

    @Override
    public UUID getUuid(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    @Override
    public String traitCondition(int alternatives) {
        return """
                EXISTS (SELECT 1 FROM json_array_elements(traits) t
                        WHERE ((t.value -> 0)::text, (t.value ->> 1)::int, (t.value -> 2)::text) IN (%s))\
                """.formatted(String.join(", ", Collections.nCopies(alternatives, "(?, ?, ?)")));
    }

    @Override
    public long sizeOf(ReadSession session, String table) throws SQLException {
        try (PreparedStatement size =
                session.connection().prepareStatement("SELECT pg_total_relation_size(to_regclass(?))")) {
            size.setString(1, table);
            try (ResultSet row = size.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        readers.close();
        looks.close();
        if (writers != null) {
            writers.close();
        }
    }
}
