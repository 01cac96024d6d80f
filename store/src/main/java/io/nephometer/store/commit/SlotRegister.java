// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Slot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sources, members and what these delivered of each slot. Rows are changed only as they were read: who was overtaken by another
 * writer throws {@link OvertakenException}, and the transaction is done again.
 */
public final class SlotRegister {
    /**
     * How far from its arrival a slot may be for others to be expected because of it: 30 days, in microseconds. A spool holds
     * days; what is farther is a clock that was wrong, such as one whose battery died and that began at 2000-01-01, and a stay
     * from there on would have millions of slots missing.
     */
    private static final long FARTHEST = Duration.ofDays(30).toMillis() * 1_000;

    /** Why such a stay has ended; nobody retired the member. */
    private static final String APART = "more than 30 days from when it arrived";

    private final Connection connection;
    private final Dialect dialect;

    public SlotRegister(Transaction transaction) {
        this.connection = transaction.connection();
        this.dialect = transaction.dialect();
    }

    /** The reference of a source with its interval. */
    public short source(Slot slot) throws SQLException {
        Object[] key = {slot.source(), slot.interval().toSeconds()};
        return (short) findOrAdd("slot_sources", "name, interval_s", "name = ? AND interval_s = ?", key);
    }

    /** The reference of a member of a source. */
    public int member(short source, String name) throws SQLException {
        return (int) findOrAdd(
                "slot_members", "source_ref, name", "source_ref = ? AND name = ?", new Object[] {(int) source, name});
    }

    /** The reference of a source with its interval, if it is there. */
    @Nullable Long findSource(Slot slot) throws SQLException {
        return number(
                "SELECT id FROM slot_sources WHERE name = ? AND interval_s = ?",
                slot.source(),
                slot.interval().toSeconds());
    }

    /** The reference of a member of a source, if it is there. */
    @Nullable Long findMember(long source, String name) throws SQLException {
        return number("SELECT id FROM slot_members WHERE source_ref = ? AND name = ?", (int) source, name);
    }

    /** How many members a source has, without those that were retired and did not come back. */
    long members(long source) throws SQLException {
        Long count = number("""
                SELECT count(*) FROM slot_members m WHERE m.source_ref = ? AND (
                    EXISTS (SELECT 1 FROM slot_stays t WHERE t.member_ref = m.id AND t.ended IS NULL)
                    OR NOT EXISTS (SELECT 1 FROM slot_stays t WHERE t.member_ref = m.id AND t.reason <> ?))
                """, (int) source, APART);
        return count == null ? 0 : count;
    }

    /** How many sources there are, each with one interval. */
    long sources() throws SQLException {
        Long count = number("SELECT count(*) FROM slot_sources");
        return count == null ? 0 : count;
    }

    private long findOrAdd(String table, String columns, String condition, Object[] key) throws SQLException {
        String select = "SELECT id FROM " + table + " WHERE " + condition;
        Long found = number(select, key);
        if (found == null) {
            update(dialect.insertIfAbsent(table, columns, columns), key);
            found = number(select, key);
        }
        if (found == null) {
            throw new OvertakenException("a row of " + table + " was neither there nor could it be added");
        }
        return found;
    }

    /** What the ledger has of these slots; those of which it has nothing are left out. */
    public Map<SlotRow.Key, SlotRow> read(Collection<SlotRow.Key> keys) throws SQLException {
        Map<SlotRow.Key, SlotRow> rows = new HashMap<>();
        String sql =
                "SELECT member_ref, began, measured, first_committed, last_committed, parts, samples, refused, seen, "
                        + "shortfalls FROM slots WHERE (member_ref, began) IN (VALUES "
                        + keys.stream()
                                .map(key -> "(" + key.member() + ", " + key.began() + ")")
                                .collect(Collectors.joining(", "))
                        + ")";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                SlotRow.Key key = new SlotRow.Key(row.getInt(1), row.getLong(2));
                long measured = row.getLong(3);
                Long orNull = row.wasNull() ? null : measured;
                rows.put(
                        key,
                        new SlotRow(
                                key,
                                orNull,
                                row.getLong(4),
                                row.getLong(5),
                                row.getInt(6),
                                row.getInt(7),
                                row.getInt(8),
                                row.getBytes(9),
                                row.getString(10)));
            }
        }
        return rows;
    }

    /** Rows that are not there yet, in the order of their keys. */
    void insert(List<SlotRow> rows) throws SQLException {
        String sql = dialect.insertNew(
                "slots",
                "measured, first_committed, last_committed, parts, samples, refused, seen, shortfalls, member_ref, began");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (SlotRow row : rows) {
                bind(insert, row);
                insert.addBatch();
            }
            requireAll(insert.executeBatch());
        }
    }

    /** Rows in the order of their keys, each with what it was when it was read. */
    void update(List<SlotRow> rows, Map<SlotRow.Key, SlotRow> before) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE slots SET measured = ?, first_committed = ?, last_committed = ?, parts = ?, samples = ?,
                    refused = ?, seen = ?, shortfalls = ?
                WHERE member_ref = ? AND began = ? AND coalesce(measured, 0) = ? AND samples = ? AND refused = ? AND seen = ?
                """)) {
            for (SlotRow row : rows) {
                SlotRow old = before.get(row.key());
                if (old != null) {
                    bind(update, row);
                    update.setLong(11, old.measured() == null ? 0 : old.measured());
                    update.setInt(12, old.samples());
                    update.setInt(13, old.refused());
                    update.setBytes(14, old.seen());
                    update.addBatch();
                }
            }
            requireAll(update.executeBatch());
        }
    }

    private static void bind(PreparedStatement statement, SlotRow row) throws SQLException {
        Long measured = row.measured();
        if (measured == null) {
            statement.setNull(1, Types.BIGINT);
        } else {
            statement.setLong(1, measured);
        }
        statement.setLong(2, row.firstCommitted());
        statement.setLong(3, row.lastCommitted());
        statement.setInt(4, row.parts());
        statement.setInt(5, row.samples());
        statement.setInt(6, row.refused());
        statement.setBytes(7, row.seen());
        statement.setString(8, row.shortfalls());
        statement.setInt(9, row.key().member());
        statement.setLong(10, row.key().began());
    }

    private static void requireAll(int[] counts) throws SQLException {
        for (int count : counts) {
            if (count == 0) {
                throw new OvertakenException("the row of a slot was changed by another writer");
            }
        }
    }

    /**
     * Sees to it that these slots are within a stay of their members: a new one, or one that begins earlier than was known. A
     * slot far from {@code now} is a stay of its own, so that nothing is expected because of it.
     *
     * @param intervals of the keys, microseconds
     * @return the members of which more is expected than before
     */
    Set<Integer> expect(Map<SlotRow.Key, Long> intervals, long now) throws SQLException {
        Map<Integer, NavigableMap<Long, Long>> stays = stays(intervals.keySet());
        Set<Integer> begun = new HashSet<>();
        for (Map.Entry<SlotRow.Key, Long> slot : intervals.entrySet()) {
            SlotRow.Key key = slot.getKey();
            NavigableMap<Long, Long> known = stays.computeIfAbsent(key.member(), member -> new TreeMap<>());
            Map.Entry<Long, Long> within = known.floorEntry(key.began());
            if (within != null && key.began() < within.getValue()) {
                continue;
            }
            if (Math.abs(now - key.began()) > FARTHEST) {
                keepApart(key, key.began() + slot.getValue(), known);
            } else {
                expect(key, known);
                begun.add(key.member());
            }
        }
        return begun;
    }

    private void keepApart(SlotRow.Key key, long end, NavigableMap<Long, Long> stays) throws SQLException {
        int added = update(
                dialect.insertNew("slot_stays", "member_ref, began, ended, reason"),
                key.member(),
                key.began(),
                end,
                APART);
        requireChange(added);
        stays.put(key.began(), end);
    }

    private static void requireChange(int rows) throws SQLException {
        if (rows == 0) {
            throw new OvertakenException("the stay of a member was changed by another writer");
        }
    }

    /** {@code stays} are the beginnings with the ends, {@link Long#MAX_VALUE} for the one that lasts. */
    private void expect(SlotRow.Key key, NavigableMap<Long, Long> stays) throws SQLException {
        Map.Entry<Long, Long> next = stays.higherEntry(key.began());
        int changed = next == null
                ? update(dialect.insertNew("slot_stays", "member_ref, began"), key.member(), key.began())
                : update(
                        "UPDATE slot_stays SET began = ? WHERE member_ref = ? AND began = ?",
                        key.began(),
                        key.member(),
                        next.getKey());
        requireChange(changed);
        if (next != null) {
            stays.remove(next.getKey());
        }
        stays.put(key.began(), next == null ? Long.MAX_VALUE : next.getValue());
    }

    private Map<Integer, NavigableMap<Long, Long>> stays(Collection<SlotRow.Key> keys) throws SQLException {
        Map<Integer, NavigableMap<Long, Long>> stays = new HashMap<>();
        String members = keys.stream()
                .map(key -> Integer.toString(key.member()))
                .distinct()
                .collect(Collectors.joining(", "));
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT member_ref, began, ended FROM slot_stays WHERE member_ref IN (" + members + ")");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long end = row.getLong(3);
                long orNever = row.wasNull() ? Long.MAX_VALUE : end;
                stays.computeIfAbsent(row.getInt(1), member -> new TreeMap<>()).put(row.getLong(2), orNever);
            }
        }
        return stays;
    }

    private @Nullable Long number(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, parameters);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    private int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            set(update, parameters);
            return update.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
