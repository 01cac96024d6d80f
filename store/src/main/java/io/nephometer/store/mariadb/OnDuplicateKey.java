// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.mariadb;

import io.nephometer.store.commit.Dialect;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB's words. Never INSERT IGNORE, which would also cut off what is too long; and no count of INSERT … ON DUPLICATE KEY
 * UPDATE, which with the driver's way of counting is 1 for a new row and for one that stays as it is.
 */
final class OnDuplicateKey implements Dialect {
    static final Dialect INSTANCE = new OnDuplicateKey();

    private OnDuplicateKey() {}

    /** If another transaction adds the same at this moment, this one waits for it and fails with 1062, to be done again. */
    @Override
    public String insertIfAbsent(String table, String columns, String key) {
        String same = each(key, " AND ", column -> "there." + column + " = fresh." + column);
        return "INSERT INTO " + table + " (" + columns + ") SELECT " + each(columns, ", ", column -> "fresh." + column)
                + " FROM (SELECT " + each(columns, ", ", column -> "? AS " + column)
                + ") fresh WHERE NOT EXISTS (SELECT 1 FROM " + table + " there WHERE " + same + ")";
    }

    @Override
    public String insertMissing(String table, String columns, String key) {
        int end = key.indexOf(", ");
        String any = end < 0 ? key : key.substring(0, end);
        return insertNew(table, columns) + " ON DUPLICATE KEY UPDATE " + any + " = " + any;
    }

    @Override
    public String insertNew(String table, String columns) {
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + each(columns, ", ", column -> "?") + ")";
    }

    /** Assignments are made from left to right, so the column that the others are decided by comes last. */
    @Override
    public String upsert(String table, String columns, String key, String changed, @Nullable String newest) {
        UnaryOperator<String> assignment = column -> newest == null
                ? column + " = VALUE(" + column + ")"
                : column + " = IF(" + newest + " <= VALUE(" + newest + "), VALUE(" + column + "), " + column + ")";
        String others = Arrays.stream(changed.split(", "))
                .filter(column -> !column.equals(newest))
                .map(assignment)
                .collect(Collectors.joining(", "));
        return insertNew(table, columns) + " ON DUPLICATE KEY UPDATE " + others
                + (newest == null ? "" : ", " + assignment.apply(newest));
    }

    @Override
    public String deleteSome(String table, String key, String condition, String order) {
        return "DELETE FROM " + table + " WHERE " + condition + (order.isEmpty() ? "" : " ORDER BY " + order)
                + " LIMIT ?";
    }

    private static String each(String columns, String between, UnaryOperator<String> text) {
        return Arrays.stream(columns.split(", ")).map(text).collect(Collectors.joining(between));
    }
}
