// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.cells;

import io.nephometer.store.cells.CellTrouble.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the columns that are read a cell database has, and its user may see; found out for each server, now and then. */
final class CellShape {
    private static final String VISIBLE =
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = database()";

    private static final int TABLE_DENIED = 1142;
    private static final int COLUMN_DENIED = 1143;
    private static final int NO_SUCH_TABLE = 1146;
    private static final int NO_SUCH_COLUMN = 1054;

    private final Map<CellTable, List<String>> columns;
    private final List<String> lacking;

    private CellShape(Map<CellTable, List<String>> columns, List<String> lacking) {
        this.columns = columns;
        this.lacking = List.copyOf(lacking);
    }

    /**
     * Looks.
     *
     * @throws CellException if it lacks what is needed
     */
    static CellShape probe(Connection connection) throws SQLException {
        Map<String, Set<String>> visible = visible(connection);
        Map<CellTable, List<String>> columns = new EnumMap<>(CellTable.class);
        List<String> lacking = new ArrayList<>();
        for (CellTable table : CellTable.values()) {
            Set<String> there = visible.getOrDefault(table.table(), Set.of());
            boolean complete = there.containsAll(table.required());
            if (table.isNeeded() && !complete) {
                throw missing(connection, table, there);
            }
            if (complete) {
                columns.put(
                        table, table.columns().stream().filter(there::contains).toList());
            }
            table.columns().stream()
                    .filter(column -> !complete || !there.contains(column))
                    .forEach(column -> lacking.add(table.table() + "." + column));
        }
        return new CellShape(columns, lacking);
    }

    private static Map<String, Set<String>> visible(Connection connection) throws SQLException {
        Map<String, Set<String>> visible = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(VISIBLE);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                visible.computeIfAbsent(row.getString(1), table -> new HashSet<>())
                        .add(row.getString(2));
            }
        }
        return visible;
    }

    /** What may not be seen looks like what is not there, until it is asked for. */
    private static CellException missing(Connection connection, CellTable table, Set<String> there) {
        List<String> missing = table.required().stream()
                .filter(column -> !there.contains(column))
                .toList();
        String names = String.join(", ", missing);
        try (Statement statement = connection.createStatement()) {
            statement
                    .executeQuery("SELECT "
                            + missing.stream().map(CellTable::quoted).collect(Collectors.joining(", ")) + " FROM "
                            + table.table() + " LIMIT 0")
                    .close();
            return new CellException(
                    new CellTrouble(Reason.MISSING_COLUMN, table.table() + " does not show " + names), null);
        } catch (SQLException e) {
            return new CellException(
                    switch (e.getErrorCode()) {
                        case TABLE_DENIED, COLUMN_DENIED ->
                            new CellTrouble(
                                    Reason.MISSING_GRANT,
                                    "the user may not read " + names + " of " + table.table()
                                            + ": run the statements of cells grants");
                        case NO_SUCH_TABLE ->
                            new CellTrouble(
                                    Reason.WRONG_SCHEMA,
                                    "there is no table " + table.table() + ": this is no cell database of Nova");
                        default ->
                            new CellTrouble(
                                    Reason.MISSING_COLUMN,
                                    "the table " + table.table() + " of this Nova has no " + names);
                    },
                    e);
        }
    }

    /** Whether a question failed since a database has or shows less than it did when it was looked at. */
    static boolean isOutOfDate(SQLException failure) {
        return !(failure instanceof CellException)
                && switch (failure.getErrorCode()) {
                    case TABLE_DENIED, COLUMN_DENIED, NO_SUCH_TABLE, NO_SUCH_COLUMN -> true;
                    default -> false;
                };
    }

    boolean has(CellTable table) {
        return columns.containsKey(table);
    }

    boolean has(CellTable table, String column) {
        return of(table).contains(column);
    }

    /** The columns to select; empty if the table is not read. */
    List<String> of(CellTable table) {
        return columns.getOrDefault(table, List.of());
    }

    /** What is not there, or not shown to this user, of what could be read. */
    List<String> lacking() {
        return lacking;
    }
}
