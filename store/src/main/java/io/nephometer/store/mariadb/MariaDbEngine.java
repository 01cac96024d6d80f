// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import com.zaxxer.hikari.HikariDataSource;
import io.nephometer.store.commit.Dialect;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.PoolConnection;
import io.nephometer.store.commit.ReadSession;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.commit.WritingConnections;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** MariaDB from version 10.6. */
public final class MariaDbEngine implements Engine, AutoCloseable {
    static final int DUPLICATE_KEY = 1062;
    private static final int DEADLOCK = 1213;
    private static final int CHANGED_SINCE_READ = 1020;
    private static final int PACKET_TOO_LARGE = 1153;
    private static final int WRONG_VALUE = 1366;

    private final @Nullable WritingConnections writers;
    private final HikariDataSource readers;
    private final HikariDataSource looks;

    /**
     * Takes all over.
     *
     * @param writers without them, the ledger can only be read
     * @param looks connections that a silent server does not hold for long
     */
    MariaDbEngine(@Nullable WritingConnections writers, HikariDataSource readers, HikariDataSource looks) {
        this.writers = writers;
        this.readers = readers;
        this.looks = looks;
    }

    @Override
    public Transaction begin() throws SQLException {
        if (writers == null) {
            throw new SQLException("this ledger was opened to be read only", "25006");
        }
        return new MariaDbTransaction(writers, writers.take());
    }

    @Override
    public ReadSession read() throws SQLException {
        return new ReadSession(PoolConnection.of(readers));
    }

    @Override
    public ReadSession look() throws SQLException {
        return new ReadSession(PoolConnection.of(looks));
    }

    /**
     * By the server's own codes, since many share SQLSTATE HY000. Every row whose key may be taken is looked for before it is
     * inserted, so a duplicate key means that another writer came first. A lock that is not given in time (1205) is no
     * conflict that doing it again at once would settle.
     */
    @Override
    public Verdict verdict(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return switch (failure.getErrorCode()) {
            case DUPLICATE_KEY, DEADLOCK, CHANGED_SINCE_READ -> Verdict.AGAIN;
            case PACKET_TOO_LARGE, WRONG_VALUE -> Verdict.DATA;
            default -> {
                if (state.equals("40001")) {
                    yield Verdict.AGAIN;
                }
                yield state.startsWith("22") || state.startsWith("23") ? Verdict.DATA : Verdict.UNAVAILABLE;
            }
        };
    }

    @Override
    public Dialect dialect() {
        return OnDuplicateKey.INSTANCE;
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    /** Of the beginning of the statement, whatever the time zone. */
    @Override
    public String clock() {
        return "timestampdiff(MICROSECOND, '1970-01-01', utc_timestamp(6))";
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
                EXISTS (SELECT 1 FROM json_table(traits, '$[*]' COLUMNS (
                            name longtext CHARACTER SET utf8mb4 PATH '$[0]', type int PATH '$[1]',
                            value longtext CHARACTER SET utf8mb4 PATH '$[2]')) t
                        WHERE %s)\
                """.formatted(String.join(" OR ", Collections.nCopies(alternatives, """
                        (t.name COLLATE utf8mb4_nopad_bin = json_unquote(?) AND t.type = ?
                            AND t.value COLLATE utf8mb4_nopad_bin = json_unquote(?))\
                        """)));
    }

    /** As InnoDB last estimated it. */
    @Override
    public long sizeOf(ReadSession session, String table) throws SQLException {
        try (PreparedStatement size = session.connection()
                .prepareStatement("SELECT data_length + index_length FROM information_schema.tables "
                        + "WHERE table_schema = database() AND table_name = ?")) {
            size.setString(1, table);
            try (ResultSet row = size.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
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
