// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** SQL put together with its parameters, so that the two cannot get out of step. */
final class SqlText {
    /** Rows fetched at once; enough to hide the round trip, few enough to hold. */
    private static final int FETCH = 500;

    private final StringBuilder sql = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    SqlText(String start) {
        sql.append(start);
    }

    /** All of it, with its parameters. */
    static SqlText of(String sql, Object... values) {
        SqlText text = new SqlText(sql);
        text.parameters.addAll(List.of(values));
        return text;
    }

    /** Adds SQL with its parameters: texts, numbers, byte arrays. */
    SqlText add(String part, Object... values) {
        sql.append(' ').append(part);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Adds what was put together elsewhere. */
    SqlText add(SqlText part) {
        sql.append(' ').append(part.sql);
        parameters.addAll(part.parameters);
        return this;
    }

    /** What to do with a row; false to stop. */
    interface RowReader {
        boolean read(ResultSet row) throws SQLException;
    }

    /** Streams the rows. */
    void query(Connection connection, RowReader reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            statement.setFetchSize(FETCH);
            try (ResultSet row = statement.executeQuery()) {
                boolean more = true;
                while (more && row.next()) {
                    more = reader.read(row);
                }
            }
        }
    }

    /** The number of rows changed. */
    int update(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        try {
            for (int i = 0; i < parameters.size(); i++) {
                switch (parameters.get(i)) {
                    case Long number -> statement.setLong(i + 1, number);
                    case Integer number -> statement.setInt(i + 1, number);
                    case String text -> statement.setString(i + 1, text);
                    case byte[] bytes -> statement.setBytes(i + 1, bytes);
                    default -> throw new IllegalArgumentException("no parameter of a statement: " + parameters.get(i));
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            try (statement) {
                throw e;
            }
        }
    }
}
