// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The small dictionaries, read whole at the start of a question. */
final class Names {
    private Names() {}

    static Map<Integer, String> eventTypes(Connection connection) throws SQLException {
        Map<Integer, String> types = new HashMap<>();
        new SqlText("SELECT id, name FROM event_types").query(connection, row -> {
            types.put(row.getInt(1), row.getString(2));
            return true;
        });
        return types;
    }

    static Map<Integer, Meter> meters(Connection connection) throws SQLException {
        Map<Integer, Meter> meters = new HashMap<>();
        new SqlText("SELECT id, name, type, unit FROM meters").query(connection, row -> {
            MeterType type = MeterType.ofWireName(row.getString(3))
                    .orElseThrow(() -> new IllegalStateException("the ledger holds a meter of unknown type"));
            meters.put(row.getInt(1), new Meter(row.getString(2), type, row.getString(4)));
            return true;
        });
        return meters;
    }

    /** References as a list for IN; a list of none matches nothing. */
    static String in(Iterable<Integer> references) {
        StringBuilder list = new StringBuilder("(-1");
        references.forEach(reference -> list.append(", ").append(reference));
        return list.append(')').toString();
    }

    /** Those whose name matches. */
    static <T> Map<Integer, T> matching(Map<Integer, T> all, String glob, Function<T, String> name) {
        Glob pattern = Glob.of(glob);
        return all.entrySet().stream()
                .filter(entry -> pattern.matches(name.apply(entry.getValue())))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
