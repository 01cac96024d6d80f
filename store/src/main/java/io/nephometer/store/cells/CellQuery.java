// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One question to a cell database: SQL with its parameters. Times of Nova have no zone, and are of UTC. */
final class CellQuery {
    private static final int FETCH = 500;

    private final StringBuilder sql;
    private final List<Object> parameters = new ArrayList<>();

    CellQuery(String start, Object... values) {
        this.sql = new StringBuilder(start);
        parameters.addAll(List.of(values));
    }

    /** Adds a part that has its own parameters. */
    CellQuery add(CellQuery part) {
        sql.append(' ').append(part.sql);
        parameters.addAll(part.parameters);
        return this;
    }

    CellQuery add(String part, Object... values) {
        sql.append(' ').append(part);
        parameters.addAll(List.of(values));
        return this;
    }

    /** Adds {@code (?, ?, …)}. */
    CellQuery in(List<?> values) {
        sql.append(" IN (")
                .append(values.stream().map(_ -> "?").collect(Collectors.joining(", ")))
                .append(')');
        parameters.addAll(values);
        return this;
    }

    /** What to do with a row. */
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    void each(Connection connection, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            statement.setFetchSize(FETCH);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(
                        i + 1, parameters.get(i) instanceof Instant time ? datetime(time) : parameters.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    row.read(result);
                }
            }
        }
    }

    private static LocalDateTime datetime(Instant time) {
        return LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    }

    /** The columns of a row, by name: texts, {@link Long}s and {@link Instant}s. */
    static Map<String, @Nullable Object> values(ResultSet row, List<String> columns) throws SQLException {
        Map<String, @Nullable Object> values = new HashMap<>();
        for (String column : columns) {
            values.put(column, column.endsWith("_at") ? time(row, column) : value(row.getObject(column)));
        }
        return values;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag ? 1L : 0L;
            case Number number -> number.longValue();
            default -> value.toString();
        };
    }

    /** Not by way of a time zone: there are times that a zone does not have. */
    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        LocalDateTime time = row.getObject(column, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
