// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words that PostgreSQL and SQLite share. */
public final class OnConflict implements Dialect {
    public static final Dialect INSTANCE = new OnConflict();

    private OnConflict() {}

    @Override
    public String insertIfAbsent(String table, String columns, String key) {
        return insert(table, columns) + " ON CONFLICT (" + key + ") DO NOTHING";
    }

    @Override
    public String insertMissing(String table, String columns, String key) {
        return insertIfAbsent(table, columns, key);
    }

    @Override
    public String insertNew(String table, String columns) {
        return insert(table, columns) + " ON CONFLICT DO NOTHING";
    }

    @Override
    public String upsert(String table, String columns, String key, String changed, @Nullable String newest) {
        String set = Arrays.stream(changed.split(", "))
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
        String where = newest == null ? "" : " WHERE " + table + "." + newest + " <= excluded." + newest;
        return insert(table, columns) + " ON CONFLICT (" + key + ") DO UPDATE SET " + set + where;
    }

    @Override
    public String deleteSome(String table, String key, String condition, String order) {
        String by = order.isEmpty() ? "" : " ORDER BY " + order;
        return "DELETE FROM " + table + " WHERE (" + key + ") IN (SELECT " + key + " FROM " + table + " WHERE "
                + condition + by + " LIMIT ?)";
    }

    private static String insert(String table, String columns) {
        String parameters = "?, ".repeat(columns.split(", ").length - 1) + "?";
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + parameters + ")";
    }
}
