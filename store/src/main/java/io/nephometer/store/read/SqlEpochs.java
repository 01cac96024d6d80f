// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.store.commit.ClaimRegister;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.SlotRegister;
import io.nephometer.store.commit.SlotRow;
import io.nephometer.store.commit.StorableText;
import io.nephometer.store.commit.Transaction;
import io.nephometer.store.ledger.EpochDesk;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Epochs and claims in their tables. The SQL is the same on every engine. */
public final class SqlEpochs implements EpochDesk {
    private final Questions questions;
    private final LedgerTime time;

    /** @param clock for engines without one of their own */
    public SqlEpochs(Engine engine, InstantSource clock) {
        this.questions = new Questions(engine);
        this.time = new LedgerTime(engine, clock);
    }

    @Override
    public Instant now() {
        return Micros.instant(questions.look(session -> time.now(session.connection())));
    }

    @Override
    public Takeover begin(WorkUnit unit, String owner) {
        String name = StorableText.cleaned(owner);
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            int member = member(transaction, unit);
            Tenure before = tenure(connection, member);
            long epoch = new ClaimRegister(transaction).nextEpoch(member, name, time.now(connection));
            SortedMap<Long, Boolean> known = known(connection, member);
            return new Takeover(
                    new Tenure(name, epoch),
                    known.isEmpty() ? null : unit.slotAt(Micros.instant(known.lastKey())),
                    holes(unit, known),
                    before,
                    lastSign(connection, member));
        });
    }

    private static int member(Transaction transaction, WorkUnit unit) throws SQLException {
        SlotRegister slots = new SlotRegister(transaction);
        return slots.member(slots.source(unit.slotAt(Instant.EPOCH)), unit.name());
    }

    private static @Nullable Tenure tenure(Connection connection, int member) throws SQLException {
        List<Tenure> found = new ArrayList<>(1);
        new SqlText("SELECT owner, epoch FROM unit_epochs")
                .add("WHERE member_ref = ?", member)
                .query(connection, row -> found.add(new Tenure(row.getString(1), row.getLong(2))));
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Slots by their beginning, the newest ones: whether more is known than that they were claimed. */
    private static SortedMap<Long, Boolean> known(Connection connection, int member) throws SQLException {
        SortedMap<Long, Boolean> known = new TreeMap<>();
        String newest = "WHERE member_ref = ? ORDER BY began DESC LIMIT ?";
        new SqlText("SELECT began FROM slot_claims")
                .add(newest, member, Takeover.LOOK_BACK)
                .query(connection, row -> known.putIfAbsent(row.getLong(1), false) == null);
        new SqlText("SELECT began FROM slots")
                .add(newest, member, Takeover.LOOK_BACK)
                .query(connection, row -> {
                    known.put(row.getLong(1), true);
                    return true;
                });
        return known;
    }

    private static List<Slot> holes(WorkUnit unit, SortedMap<Long, Boolean> known) {
        List<Slot> holes = new ArrayList<>();
        if (known.isEmpty()) {
            return holes;
        }
        Instant newest = Micros.instant(known.lastKey());
        Slot slot = unit.slotAt(Micros.instant(known.firstKey()));
        for (; !slot.start().isAfter(newest) && holes.size() < Takeover.LOOK_BACK; slot = slot.next()) {
            if (!Boolean.TRUE.equals(known.get(Micros.floor(slot.start())))) {
                holes.add(slot);
            }
        }
        return holes;
    }

    private static @Nullable Instant lastSign(Connection connection, int member) throws SQLException {
        Long claimed = number(
                connection, "SELECT claimed FROM slot_claims WHERE member_ref = ? ORDER BY began DESC LIMIT 1", member);
        Long delivered = number(
                connection,
                "SELECT last_committed FROM slots WHERE member_ref = ? ORDER BY began DESC LIMIT 1",
                member);
        long last = Math.max(claimed == null ? 0 : claimed, delivered == null ? 0 : delivered);
        return last == 0 ? null : Micros.instant(last);
    }

    private static @Nullable Long number(Connection connection, String sql, int member) throws SQLException {
        List<Long> found = new ArrayList<>(1);
        new SqlText(sql).add("", member).query(connection, row -> {
            long value = row.getLong(1);
            return row.wasNull() || found.add(value);
        });
        return found.isEmpty() ? null : found.getFirst();
    }

    @Override
    public Claim claim(WorkUnit unit, Slot slot, Tenure tenure) {
        return questions.write(transaction -> {
            Connection connection = transaction.connection();
            int member = member(transaction, unit);
            SlotRow.Key key = new SlotRow.Key(member, Micros.floor(slot.start()));
            ClaimRegister.Row row = new ClaimRegister.Row(key, tenure.epoch(), StorableText.cleaned(tenure.owner()));
            if (!new ClaimRegister(transaction).claimAsOwner(row, time.now(connection))) {
                return Claim.FENCED;
            }
            return isDone(new SlotRegister(transaction).read(List.of(key)).get(key)) ? Claim.DONE : Claim.GRANTED;
        });
    }

    private static boolean isDone(@Nullable SlotRow row) {
        return row != null && row.isWhole();
    }
}
