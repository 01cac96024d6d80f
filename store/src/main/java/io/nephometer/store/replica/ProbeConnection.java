// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One connection, made when it is needed and dropped when a question failed. Used by one thread at a time. */
final class ProbeConnection implements AutoCloseable {
    private final DataSource source;
    private volatile @Nullable Connection connection;

    /** @param source gives connections that commit each statement and do not wait long for an answer */
    ProbeConnection(DataSource source) {
        this.source = source;
    }

    interface Answer<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Asks; {@code answer} is called before the first row. */
    <T> T ask(String sql, Answer<T> answer) throws SQLException {
        try {
            Connection open = open();
            try (PreparedStatement statement = open.prepareStatement(sql);
                    ResultSet row = statement.executeQuery()) {
                return answer.of(row);
            }
        } catch (SQLException e) {
            drop(e);
            throw e;
        }
    }

    /** Connects, unless it is connected. */
    void connect() throws SQLException {
        Connection _ = open();
    }

    private Connection open() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = source.getConnection();
            connection = open;
        }
        return open;
    }

    private void drop(SQLException why) {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                why.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        drop(new SQLException("closed"));
    }
}
