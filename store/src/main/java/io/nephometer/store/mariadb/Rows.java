// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Statements about many rows at once, with a list of groups of parameters: {@code (?, ?), (?, ?), …}. */
final class Rows {
    /** Groups in one statement: far below what fits into a packet, and enough to hide the round trip. */
    private static final int CHUNK = 500;

    private Rows() {}

    /** Sets the parameters of one row, the first of which is {@code from}. */
    interface Binding<T> {
        void bind(PreparedStatement statement, int from, T row) throws SQLException;
    }

    /** Takes one row of what came back. */
    interface Reading {
        void read(ResultSet row) throws SQLException;
    }

    /** Runs {@code before} (?, …), (?, …) {@code after} for all rows, in their order. */
    static <T> void query(
            Connection connection,
            String before,
            int columns,
            String after,
            Collection<T> rows,
            Binding<T> binding,
            Reading reading)
            throws SQLException {
        List<T> all = new ArrayList<>(rows);
        String group = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<T> chunk = all.subList(from, Math.min(from + CHUNK, all.size()));
            String groups = String.join(", ", Collections.nCopies(chunk.size(), group));
            try (PreparedStatement statement = connection.prepareStatement(before + groups + after)) {
                for (int i = 0; i < chunk.size(); i++) {
                    binding.bind(statement, i * columns + 1, chunk.get(i));
                }
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        reading.read(row);
                    }
                }
            }
        }
    }

    /** Inserts rows in their order; the driver sends them together. */
    static <T> void insert(Connection connection, String sql, Collection<T> rows, Binding<T> binding)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (T row : rows) {
                binding.bind(insert, 1, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
