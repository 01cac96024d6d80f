// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import static io.nephometer.store.commit.StorableText.cleaned;

import io.nephometer.model.Failure;
import io.nephometer.runtime.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes of the recovery table that belong to a commit. The SQL is the same on every engine. */
final class RecoveryTable {
    private static final String COLUMNS =
            "id, outstanding, step, kind, detail, exchange, routing_key, properties, body, "
                    + "body_hash, message_id, first_seen, last_seen, state, seen, attempts, revision";

    /** A repeat of what a human has settled stays settled. */
    private static final String REPEAT = """
            UPDATE recovery SET seen = seen + 1, last_seen = ? WHERE id = ?
            """;

    private static final String CHANGE = """
            UPDATE recovery SET seen = seen + 1, last_seen = ?, state = 'OPEN', outstanding = ?, step = ?, kind = ?,
                                detail = ?, revision = revision + 1
            WHERE id = ?
            """;

    private final Connection connection;
    private final Dialect dialect;
    private final String forUpdate;

    RecoveryTable(Transaction transaction, String forUpdate) {
        this.connection = transaction.connection();
        this.dialect = transaction.dialect();
        this.forUpdate = forUpdate;
    }

    /** Keeps the message; false if it was there already, and nothing new is outstanding. */
    boolean keep(RecoveryRow row, long now) throws SQLException {
        if (insert(row, now)) {
            return true;
        }
        Change change = change(row);
        if (change == Change.NONE) {
            try (PreparedStatement repeat = connection.prepareStatement(REPEAT)) {
                repeat.setLong(1, now);
                repeat.setBytes(2, row.identity().unsafeArray());
                repeat.executeUpdate();
            }
        } else {
            change(row, now);
        }
        return change == Change.OUTSTANDING;
    }

    private boolean insert(RecoveryRow row, long now) throws SQLException {
        String sql = dialect.insertIfAbsent("recovery", COLUMNS, "id");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setBytes(1, row.identity().unsafeArray());
            insert.setString(2, outstanding(row));
            insert.setString(3, row.failure().step().name());
            insert.setString(4, row.failure().kind().name());
            insert.setString(5, cleaned(row.failure().detail()));
            insert.setString(6, cleaned(row.message().exchange()));
            insert.setString(7, cleaned(row.message().routingKey()));
            insert.setString(8, cleaned(Json.write(row.message().properties())));
            insert.setBytes(9, row.message().body().unsafeArray());
            insert.setBytes(10, row.hash().toBytes());
            insert.setString(11, row.id() == null ? null : cleaned(row.id().text()));
            insert.setLong(12, now);
            insert.setLong(13, now);
            insert.setString(14, "OPEN");
            insert.setLong(15, 1);
            insert.setInt(16, 0);
            insert.setInt(17, 0);
            return insert.executeUpdate() == 1;
        }
    }

    /** What a message that is kept already, and comes again, changes about its entry. */
    private enum Change {
        NONE,
        /** It failed for another reason this time. */
        REASON,
        /** Something waits that did not wait before. */
        OUTSTANDING
    }

    /** A settled entry changes only when an event was left behind by a message that was metered just now. */
    private Change change(RecoveryRow row) throws SQLException {
        String sql = "SELECT state, outstanding, kind FROM recovery WHERE id = ?" + forUpdate;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, row.identity().unsafeArray());
            try (ResultSet found = select.executeQuery()) {
                if (!found.next() || row.eventOnly()) {
                    return Change.OUTSTANDING;
                }
                boolean openWhole =
                        found.getString(1).equals("OPEN") && found.getString(2).equals("WHOLE");
                if (!openWhole || found.getString(3).equals(row.failure().kind().name())) {
                    return Change.NONE;
                }
                return row.failure().kind() == Failure.Kind.CONFLICT ? Change.OUTSTANDING : Change.REASON;
            }
        }
    }

    private void change(RecoveryRow row, long now) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
            change.setLong(1, now);
            change.setString(2, outstanding(row));
            change.setString(3, row.failure().step().name());
            change.setString(4, row.failure().kind().name());
            change.setString(5, cleaned(row.failure().detail()));
            change.setBytes(6, row.identity().unsafeArray());
            change.executeUpdate();
        }
    }

    private static String outstanding(RecoveryRow row) {
        return row.eventOnly() ? "EVENT" : "WHOLE";
    }
}
