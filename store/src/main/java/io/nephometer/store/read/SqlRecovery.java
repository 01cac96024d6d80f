// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Failure;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.RecoveryChange;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.RecoveryGroup;
import io.nephometer.store.ledger.RecoveryState;
import io.nephometer.store.ledger.RecoveryView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads recovery on every engine. */
public class SqlRecovery implements RecoveryView {
    private static final String ENTRY =
            "SELECT id, state, outstanding, step, kind, detail, exchange, routing_key, properties, body, message_id, "
                    + "first_seen, last_seen, seen, attempts, revision, body_hash FROM recovery WHERE 1 = 1";
    private static final int IDENTITY_BYTES = 32;

    private final Questions questions;

    public SqlRecovery(Engine engine) {
        this.questions = new Questions(engine);
    }

    final Questions questions() {
        return questions;
    }

    @Override
    public List<RecoveryGroup> groups(RecoveryFilter filter) {
        SqlText sql = new SqlText("SELECT state, outstanding, step, kind, count(*), sum(seen), min(first_seen), "
                + "max(last_seen) FROM recovery WHERE 1 = 1");
        restrict(sql, filter);
        sql.add("GROUP BY state, outstanding, step, kind ORDER BY count(*) DESC, kind, state, outstanding, step");
        List<RecoveryGroup> groups = new ArrayList<>();
        return questions.read(session -> {
            sql.query(session.connection(), row -> groups.add(group(row)));
            return groups;
        });
    }

    private static RecoveryGroup group(ResultSet row) throws SQLException {
        return new RecoveryGroup(
                RecoveryState.valueOf(row.getString(1)),
                row.getString(2).equals("EVENT"),
                Failure.Step.valueOf(row.getString(3)),
                Failure.Kind.valueOf(row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                Micros.instant(row.getLong(7)),
                Micros.instant(row.getLong(8)));
    }

    private static void restrict(SqlText sql, RecoveryFilter filter) {
        if (filter.state() != null) {
            sql.add("AND state = ?", filter.state().name());
        }
        if (filter.step() != null) {
            sql.add("AND step = ?", filter.step().name());
        }
        if (filter.kind() != null) {
            sql.add("AND kind = ?", filter.kind().name());
        }
    }

    @Override
    public void entries(RecoveryFilter filter, Consumer<? super RecoveryEntry> to) {
        SqlText sql = new SqlText(ENTRY);
        restrict(sql, filter);
        sql.add("ORDER BY first_seen, id");
        if (filter.limit() != null) {
            sql.add("LIMIT ?", filter.limit());
        }
        questions.read(session -> {
            sql.query(session.connection(), row -> {
                to.accept(entry(row));
                return true;
            });
            return true;
        });
    }

    @Override
    public Optional<RecoveryEntry> find(String idPrefix) {
        String digits = idPrefix.toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{4,64}")) {
            throw new IllegalArgumentException(
                    "'" + idPrefix + "' is not the beginning of an entry's id: 4 to 64 hexadecimal digits");
        }
        byte[] lowest = HexFormat.of().parseHex(digits + "0".repeat(2 * IDENTITY_BYTES - digits.length()));
        byte[] highest = HexFormat.of().parseHex(digits + "f".repeat(2 * IDENTITY_BYTES - digits.length()));
        SqlText sql = new SqlText(ENTRY).add("AND id BETWEEN ? AND ? ORDER BY id LIMIT 2", lowest, highest);
        List<RecoveryEntry> found = new ArrayList<>();
        questions.read(session -> {
            sql.query(session.connection(), row -> found.add(entry(row)));
            return true;
        });
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "more than one entry's id begins with " + idPrefix + ": give more digits");
        }
        return found.stream().findFirst();
    }

    @Override
    public List<RecoveryChange> history(RecoveryEntry entry) {
        SqlText sql = new SqlText("SELECT at, action, detail, body FROM recovery_history")
                .add("WHERE entry_id = ? ORDER BY id", entry.identity().toArray());
        List<RecoveryChange> changes = new ArrayList<>();
        return questions.read(session -> {
            sql.query(session.connection(), row -> {
                byte[] body = row.getBytes(4);
                return changes.add(new RecoveryChange(
                        Micros.instant(row.getLong(1)),
                        RecoveryChange.Action.valueOf(row.getString(2)),
                        row.getString(3),
                        body == null ? null : Bytes.wrap(body)));
            });
            return changes;
        });
    }

    private static RecoveryEntry entry(ResultSet row) throws SQLException {
        Failure failure = new Failure(
                Failure.Step.valueOf(row.getString(4)), Failure.Kind.valueOf(row.getString(5)), row.getString(6));
        RawMessage message = new RawMessage(
                row.getString(7), row.getString(8), properties(row.getString(9)), Bytes.wrap(row.getBytes(10)));
        byte[] hash = row.getBytes(17);
        return new RecoveryEntry(
                Bytes.wrap(row.getBytes(1)),
                RecoveryState.valueOf(row.getString(2)),
                row.getString(3).equals("EVENT"),
                failure,
                message,
                hash == null ? null : BodyHash.ofBytes(hash),
                row.getString(11),
                Micros.instant(row.getLong(12)),
                Micros.instant(row.getLong(13)),
                row.getLong(14),
                row.getInt(15),
                row.getInt(16));
    }

    private static Map<String, @Nullable Object> properties(String json) {
        try {
            Map<String, @Nullable Object> properties = new LinkedHashMap<>();
            if (Json.parse(json) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> properties.put((String) key, value));
            }
            return properties;
        } catch (JsonException e) {
            throw new IllegalStateException("the ledger holds properties that are not JSON", e);
        }
    }
}
