// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writing connection with its statements, each compiled once. Used by the one who holds the writer's lock. */
final class SqliteStatements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteStatements.class);

    private final Connection connection;
    private final Map<String, PreparedStatement> compiled = new HashMap<>();

    SqliteStatements(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Not to be closed by the caller. */
    PreparedStatement of(String sql) throws SQLException {
        PreparedStatement known = compiled.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            compiled.put(sql, known);
        }
        return known;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("closing the writing connection failed; it is given up all the same", e);
        }
    }
}
