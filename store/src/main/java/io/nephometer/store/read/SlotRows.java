// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Shortfall;
import io.nephometer.store.commit.ShortfallsJson;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The slots of one stay, in order: those with a row, and between them those that should have one. */
final class SlotRows {
    private static final String NOTHING_ARRIVED = "nothing_arrived";

    private final Connection connection;
    private final Stay stay;
    private final long due;
    /** What has not begun is not awaited: a slot of a clock that runs years ahead has no millions before it. */
    private final long now;

    private long next;
    private boolean more = true;

    SlotRows(Connection connection, Stay stay, Instant now) {
        this.connection = connection;
        this.stay = stay;
        this.due = stay.newestDue(now);
        this.now = Micros.floor(now);
    }

    /** Hands slots over until {@code to} says false. */
    void read(@Nullable Instant from, @Nullable Instant to, Predicate<? super SlotRecord> each) throws SQLException {
        long step = stay.step();
        long first = from == null ? stay.began() : Math.max(stay.began(), Micros.ceiling(from));
        long end = to == null ? stay.end() : Math.min(stay.end(), Micros.ceiling(to));
        next = Math.ceilDiv(first, step) * step;
        SqlText sql = new SqlText(
                        "SELECT began, measured, first_committed, last_committed, parts, samples, refused, seen, "
                                + "shortfalls FROM slots")
                .add("WHERE member_ref = ? AND began >= ? AND began < ? ORDER BY began", stay.memberRef(), next, end);
        sql.query(connection, row -> {
            fillUpTo(Math.min(row.getLong(1), now), each);
            if (more) {
                more = each.test(delivered(row));
                next = row.getLong(1) + step;
            }
            return more;
        });
        fillUpTo(Math.min(end, due + 1), each);
    }

    private void fillUpTo(long began, Predicate<? super SlotRecord> each) {
        for (; more && next < began; next += stay.step()) {
            more = each.test(absent(next));
        }
    }

    private SlotRecord absent(long began) {
        SlotState state = began <= due ? SlotState.MISSING : SlotState.AWAITED;
        List<Shortfall> reasons = state == SlotState.MISSING
                ? List.of(new Shortfall(NOTHING_ARRIVED, 0, "nothing of it arrived"))
                : List.of();
        return new SlotRecord(stay.slot(began), stay.name(), state, 0, 0, 0, 0, null, null, null, reasons);
    }

    private SlotRecord delivered(ResultSet row) throws SQLException {
        int parts = row.getInt(5);
        long samples = row.getLong(6);
        long refused = row.getLong(7);
        int seen = BitSet.valueOf(row.getBytes(8)).cardinality();
        List<Shortfall> reasons = new ArrayList<>(ShortfallsJson.read(row.getString(9)));
        boolean whole = seen == parts;
        long micros = row.getLong(2);
        Instant measured = row.wasNull() ? null : Micros.instant(micros);
        SlotState state = state(row.getLong(1), whole, samples + refused, reasons);
        if (!whole && state == SlotState.PARTLY) {
            reasons.add(new Shortfall(
                    "parts_not_arrived", parts - seen, (parts - seen) + " of " + parts + " parts did not arrive"));
        }
        return new SlotRecord(
                stay.slot(row.getLong(1)),
                stay.name(),
                state,
                parts,
                seen,
                samples,
                refused,
                measured,
                Micros.instant(row.getLong(3)),
                Micros.instant(row.getLong(4)),
                reasons);
    }

    private SlotState state(long began, boolean whole, long samples, List<Shortfall> reasons) {
        if (!whole) {
            return began <= due ? SlotState.PARTLY : SlotState.AWAITED;
        }
        if (reasons.stream().allMatch(Shortfall::isNothing)) {
            return SlotState.DONE;
        }
        return samples == 0 ? SlotState.MISSING : SlotState.PARTLY;
    }
}
