// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.AuditKey;
import io.nephometer.model.Period;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.AuditView.Difference;
import io.nephometer.store.ledger.AuditView.Run;
import io.nephometer.store.ledger.AuditView.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of audits in the ledger's words. */
final class AuditRows {
    static final String RUNS =
            "SELECT task, scope, period_begin, period_end, state, owner, attempt, lease_until, began, "
                    + "ended, position, items, errors, unsure, message, source, watermark FROM audit_runs";
    static final String DIFFERENCES = "SELECT resource, period_begin, period_end, message_key, other_key, others, "
            + "differences FROM audit_occurrences WHERE differences IS NOT NULL "
            + "ORDER BY period_end DESC, period_begin DESC, resource";

    private AuditRows() {}

    static Run run(ResultSet row) throws SQLException {
        return new Run(
                key(row),
                State.valueOf(row.getString(5)),
                row.getString(6),
                row.getLong(7),
                Micros.instant(row.getLong(8)),
                Micros.instant(row.getLong(9)),
                ended(row),
                row.getString(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getString(15),
                row.getString(16),
                Micros.instant(row.getLong(17)));
    }

    /** Of the first four columns. */
    static AuditKey key(ResultSet row) throws SQLException {
        return new AuditKey(row.getString(1), row.getString(2), period(row, 3));
    }

    private static Period period(ResultSet row, int column) throws SQLException {
        return new Period(Micros.instant(row.getLong(column)), Micros.instant(row.getLong(column + 1)));
    }

    private static @Nullable Instant ended(ResultSet row) throws SQLException {
        long ended = row.getLong(10);
        return row.wasNull() ? null : Micros.instant(ended);
    }

    static Difference difference(Engine engine, ResultSet row) throws SQLException {
        return new Difference(
                row.getString(1),
                period(row, 2),
                engine.getUuid(row, 4).toString(),
                engine.getUuid(row, 5).toString(),
                row.getLong(6),
                traits(row.getString(7)));
    }

    private static List<Difference.Trait> traits(String json) {
        List<Difference.Trait> traits = new ArrayList<>();
        try {
            if (Json.parse(json) instanceof List<?> rows) {
                for (Object one : rows) {
                    if (one instanceof List<?> parts) {
                        traits.add(new Difference.Trait(
                                String.valueOf(parts.get(0)), text(parts.get(1)), text(parts.get(2))));
                    }
                }
            }
        } catch (JsonException e) {
            throw new IllegalStateException("the ledger holds differences that are not JSON: " + json, e);
        }
        return traits;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
