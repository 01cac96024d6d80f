// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.sqlite;

import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.store.commit.Dialect;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.OnConflict;
import io.nephometer.store.commit.ReadSession;
import io.nephometer.store.commit.Transaction;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** SQLite: one connection that writes, a few that read. */
public final class SqliteEngine implements Engine, AutoCloseable {
    private final @Nullable SqliteWriter writer;
    private final HikariDataSource readers;

    /** Without a {@code writer}, the ledger can only be read. Takes both over. */
    public SqliteEngine(@Nullable SqliteWriter writer, HikariDataSource readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public Transaction begin() throws SQLException {
        if (writer == null) {
            throw new SQLException("this ledger was opened to be read only", "25006");
        }
        return writer.begin();
    }

    @Override
    public ReadSession read() throws SQLException {
        return new ReadSession(readers.getConnection());
    }

    @Override
    public Verdict verdict(SQLException failure) {
        if ("40001".equals(failure.getSQLState())) {
            return Verdict.AGAIN;
        }
        int primary = failure.getErrorCode() & 0xFF;
        boolean data = primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || primary == SQLiteErrorCode.SQLITE_TOOBIG.code
                || primary == SQLiteErrorCode.SQLITE_MISMATCH.code;
        return data ? Verdict.DATA : Verdict.UNAVAILABLE;
    }

    @Override
    public Dialect dialect() {
        return OnConflict.INSTANCE;
    }

    /** There is one writer: nothing to lock. */
    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public @Nullable String clock() {
        return null;
    }

    @Override
    public void setUuid(PreparedStatement statement, int index, UUID value) throws SQLException {
        statement.setBytes(index, bytes(value));
    }

    @Override
    public UUID getUuid(ResultSet row, int column) throws SQLException {
        return uuid(row.getBytes(column));
    }

    @Override
    public String traitCondition(int alternatives) {
        return """
                EXISTS (SELECT 1 FROM json_each(traits) t
                        WHERE (t.value -> '$[0]', t.value ->> '$[1]', t.value -> '$[2]') IN (VALUES %s))\
                """.formatted(String.join(", ", Collections.nCopies(alternatives, "(?, ?, ?)")));
    }

    /** From the statistics that SQLite keeps of its pages, if it was built with them; else what the rows hold. */
    @Override
    public long sizeOf(ReadSession session, String table) throws SQLException {
        String sql = "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN "
                + "(SELECT name FROM sqlite_schema WHERE tbl_name = ?)";
        try (PreparedStatement size = session.connection().prepareStatement(sql)) {
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
        if (writer != null) {
            writer.close();
        }
    }

    static byte[] bytes(UUID value) {
        return ByteBuffer.allocate(16)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array();
    }

    static UUID uuid(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new UUID(in.getLong(), in.getLong());
    }
}
