// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.cells;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cell database of a real Nova 26.2: its tables as far as they are read, and 17 instances of it in as many situations, with what
 * {@code servers/detail} of the same Nova said of them in the same minute (microversion 2.93). Where that Nova had secrets, here stands
 * {@value #SECRET}.
 */
public final class RecordedCell {
    /** What stands in each column of secrets. */
    public static final String SECRET = "nobody-may-read-this";

    private static final int ROWS_AT_ONCE = 50;

    private RecordedCell() {}

    /** The answer of {@code servers/detail}, deleted servers too. */
    public static String servers() {
        return resource("servers.json");
    }

    /** Makes the tables in an empty database. */
    public static void makeTables(PrivateMariaDb server, String database) {
        server.sql(database, resource("schema.sql"));
    }

    /** Makes the tables, and puts all that was recorded into them. */
    public static void fill(PrivateMariaDb server, String database) {
        makeTables(server, database);
        try {
            if (Json.parse(resource("rows.json")) instanceof Map<?, ?> tables) {
                tables.forEach((table, rows) -> insert(server, database, String.valueOf(table), (List<?>) rows));
            }
        } catch (JsonException e) {
            throw new IllegalStateException("the recorded rows cannot be read", e);
        }
        server.sql(
                database,
                "UPDATE instances SET user_data = '" + SECRET + "', key_data = '" + SECRET
                        + "'; UPDATE instance_extra SET keypairs = '" + SECRET + "'");
    }

    private static void insert(PrivateMariaDb server, String database, String table, List<?> rows) {
        for (int i = 0; i < rows.size(); i += ROWS_AT_ONCE) {
            server.sql(
                    database,
                    rows.subList(i, Math.min(rows.size(), i + ROWS_AT_ONCE)).stream()
                            .map(row -> insert(table, (Map<?, ?>) row))
                            .collect(Collectors.joining()));
        }
    }

    private static String insert(String table, Map<?, ?> row) {
        return "INSERT INTO " + table + " ("
                + row.keySet().stream().map(column -> "`" + column + "`").collect(Collectors.joining(", "))
                + ") VALUES ("
                + row.values().stream().map(RecordedCell::literal).collect(Collectors.joining(", ")) + ");\n";
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
            default -> value.toString();
        };
    }

    private static String resource(String name) {
        try (InputStream in = RecordedCell.class.getResourceAsStream("/cells/" + name)) {
            if (in == null) {
                throw new IllegalStateException("there is no resource cells/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource cells/" + name + " cannot be read", e);
        }
    }
}
