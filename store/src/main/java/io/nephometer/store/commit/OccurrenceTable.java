// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import io.nephometer.runtime.json.Json;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who was metered for an instance and a period. The SQL is the same on every engine. */
final class OccurrenceTable {
    private final Engine engine;
    private final Connection connection;
    private final Dialect dialect;

    OccurrenceTable(Engine engine, Transaction transaction) {
        this.engine = engine;
        this.connection = transaction.connection();
        this.dialect = transaction.dialect();
    }

    /**
     * Claims what an entry says. Waits for those who claim the same right now; called in the order of keys, so that two writers cannot
     * deadlock.
     *
     * @return false if another was metered for it before; the two are compared then
     */
    boolean claim(Occurrence occurrence, long now) throws SQLException {
        String sql = dialect.insertIfAbsent(
                "audit_occurrences",
                "resource, period_begin, period_end, message_key, accepted_at, facts, others",
                "resource, period_begin, period_end");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            key(insert, 1, occurrence.of());
            engine.setUuid(insert, 4, occurrence.key());
            insert.setLong(5, now);
            insert.setString(6, occurrence.facts());
            insert.setInt(7, 0);
            if (insert.executeUpdate() > 0) {
                return true;
            }
        }
        compare(occurrence);
        return false;
    }

    private void compare(Occurrence other) throws SQLException {
        String metered = metered(other.of());
        boolean differ = metered != null && !metered.equals(other.facts());
        String sql = "UPDATE audit_occurrences SET others = others + 1"
                + (differ ? ", other_key = ?, differences = ?" : "")
                + " WHERE resource = ? AND period_begin = ? AND period_end = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            if (metered != null && differ) {
                engine.setUuid(update, 1, other.key());
                update.setString(2, differences(TraitsJson.read(metered), TraitsJson.read(other.facts())));
            }
            key(update, differ ? 3 : 1, other.of());
            update.executeUpdate();
        }
    }

    private @Nullable String metered(Occurrence.Key key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT facts FROM audit_occurrences "
                + "WHERE resource = ? AND period_begin = ? AND period_end = ?")) {
            key(select, 1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    /** {@code [[trait, metered, other], …]}, texts or null. */
    private static String differences(List<Trait> metered, List<Trait> other) {
        Map<String, String> one = texts(metered);
        Map<String, String> two = texts(other);
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(two.keySet());
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (String name : names) {
            String here = one.get(name);
            String there = two.get(name);
            if (here == null || !here.equals(there)) {
                List<@Nullable String> row = new ArrayList<>();
                row.add(name);
                row.add(here);
                row.add(there);
                rows.add(row);
            }
        }
        return Json.write(rows);
    }

    private static Map<String, String> texts(List<Trait> traits) {
        Map<String, String> texts = new TreeMap<>();
        for (Trait trait : traits) {
            texts.put(trait.name(), text(trait.value()));
        }
        return texts;
    }

    private static String text(TraitValue value) {
        return switch (value) {
            case TraitValue.Text(String text) -> text;
            case TraitValue.Int(BigInteger number) -> number.toString();
            case TraitValue.Decimal(double number) -> Double.toString(number);
            case TraitValue.Datetime(Instant time) -> time.toString();
        };
    }

    private static void key(PreparedStatement statement, int from, Occurrence.Key key) throws SQLException {
        statement.setString(from, key.resource());
        statement.setLong(from + 1, key.begin());
        statement.setLong(from + 2, key.end());
    }
}
