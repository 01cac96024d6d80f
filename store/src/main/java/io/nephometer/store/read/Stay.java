// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Slot;
import io.nephometer.store.ledger.SlotMember;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of stays with what it refers to. Times are microseconds since the epoch.
 *
 * @param began beginning of the first slot that is expected
 * @param ended null while it lasts
 */
record Stay(
        int memberRef,
        String source,
        Duration interval,
        String name,
        long began,
        @Nullable Long ended,
        @Nullable String reason) {
    private static final String SELECT = """
            SELECT m.id, f.name, f.interval_s, m.name, t.began, t.ended, t.reason
            FROM slot_stays t JOIN slot_members m ON m.id = t.member_ref JOIN slot_sources f ON f.id = m.source_ref
            WHERE 1 = 1""";

    /** Those that the query may be about, by source, interval, member and time. */
    static List<Stay> read(Connection connection, SlotQuery query) throws SQLException {
        SqlText sql = new SqlText(SELECT);
        if (query.source() != null) {
            sql.add("AND f.name = ?", query.source());
        }
        if (query.interval() != null) {
            sql.add("AND f.interval_s = ?", query.interval().toSeconds());
        }
        if (query.member() != null) {
            sql.add("AND m.name = ?", query.member());
        }
        List<Stay> stays = new ArrayList<>();
        sql.add("ORDER BY f.name, f.interval_s, m.name, t.began").query(connection, row -> {
            long end = row.getLong(6);
            Long orNull = row.wasNull() ? null : end;
            stays.add(new Stay(
                    row.getInt(1),
                    row.getString(2),
                    Duration.ofSeconds(row.getLong(3)),
                    row.getString(4),
                    row.getLong(5),
                    orNull,
                    row.getString(7)));
            return true;
        });
        return stays;
    }

    boolean lasts() {
        return ended == null;
    }

    long step() {
        return interval.toSeconds() * 1_000_000;
    }

    /** The slot that begins then. */
    Slot slot(long slotBegan) {
        return new Slot(source, interval, Micros.instant(slotBegan));
    }

    /** Beginning of the newest slot whose time is up. */
    long newestDue(Instant now) {
        long patient = Micros.floor(now.minus(SlotRecord.patience(interval)));
        return Math.floorDiv(patient, step()) * step() - step();
    }

    SlotMember member(Connection connection) throws SQLException {
        long[] last = {Long.MIN_VALUE};
        SqlText sql = new SqlText("SELECT max(began) FROM slots")
                .add("WHERE member_ref = ? AND began >= ? AND began < ?", memberRef, began, end());
        sql.query(connection, row -> {
            long found = row.getLong(1);
            last[0] = row.wasNull() ? Long.MIN_VALUE : found;
            return false;
        });
        return new SlotMember(
                source,
                interval,
                name,
                Micros.instant(began),
                last[0] == Long.MIN_VALUE ? null : Micros.instant(last[0]),
                ended == null ? null : Micros.instant(ended),
                reason);
    }

    /** The first moment that is not in it. */
    long end() {
        return ended == null ? Long.MAX_VALUE : ended;
    }
}
