// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Incarnation;
import io.nephometer.model.Incarnation.Polled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs of members in their table. Times are microseconds since the epoch. The SQL is the same on every engine. */
final class IncarnationTable {
    private static final String REASON = "an agent that began then does not measure it";
    /** Members asked for at once. */
    private static final int CHUNK = 500;

    private final Connection connection;
    private final Dialect dialect;

    IncarnationTable(Transaction transaction) {
        this.connection = transaction.connection();
        this.dialect = transaction.dialect();
    }

    /** A run of a member. */
    record Row(String member, String id, long began, Set<Polled> polls) {
        static final Comparator<Row> BY_BEGINNING =
                Comparator.comparingLong(Row::began).thenComparing(Row::id);

        /** No run begins after something came of it, whatever its clock says. */
        static Row of(String member, Incarnation run, long now) {
            return new Row(member, run.id(), Math.min(micros(run.began()), now), run.polls());
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** By member. */
    SortedMap<String, List<Row>> read(Collection<String> members) throws SQLException {
        SortedMap<String, List<Row>> rows = new TreeMap<>();
        List<String> all = List.copyOf(members);
        for (int from = 0; from < all.size(); from += CHUNK) {
            read(all.subList(from, Math.min(from + CHUNK, all.size())), rows);
        }
        return rows;
    }

    private void read(List<String> members, SortedMap<String, List<Row>> rows) throws SQLException {
        String places = String.join(", ", Collections.nCopies(members.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT member, id, began, polls FROM incarnations WHERE member IN (" + places + ")")) {
            for (int i = 0; i < members.size(); i++) {
                select.setString(i + 1, members.get(i));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Row run = new Row(
                            row.getString(1), row.getString(2), row.getLong(3), PollsJson.read(row.getString(4)));
                    rows.computeIfAbsent(run.member(), member -> new ArrayList<>())
                            .add(run);
                }
            }
        }
    }

    void insert(Row row) throws SQLException {
        String sql = dialect.insertIfAbsent("incarnations", "member, id, began, polls", "member, id");
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, row.member());
            insert.setString(2, row.id());
            insert.setLong(3, row.began());
            insert.setString(4, PollsJson.write(row.polls()));
            insert.executeUpdate();
        }
    }

    void clashed(String member, String id, long now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE incarnations SET clashed = ? WHERE member = ? AND id = ?")) {
            update.setLong(1, now);
            update.setString(2, member);
            update.setString(3, id);
            update.executeUpdate();
        }
    }

    /** Forgets the runs of a member that began before {@code oldest}. */
    void keep(String member, long oldest) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM incarnations WHERE member = ? AND began < ?")) {
            delete.setString(1, member);
            delete.setLong(2, oldest);
            delete.executeUpdate();
        }
    }

    /**
     * Expects of the member, from the start of this run on, nothing but what the run measures. Units of work that members
     * share are no members that measure alone, whatever they are called.
     */
    void retireAllBut(Row latest) throws SQLException {
        List<Integer> gone = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT m.id, s.name, s.interval_s FROM slot_members m
                    JOIN slot_sources s ON s.id = m.source_ref
                    JOIN slot_stays t ON t.member_ref = m.id AND t.ended IS NULL
                WHERE m.name = ? AND t.began < ? AND NOT EXISTS (SELECT 1 FROM unit_epochs u WHERE u.member_ref = m.id)
                ORDER BY m.id
                """)) {
            select.setString(1, latest.member());
            select.setLong(2, latest.began());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (!latest.polls().contains(new Polled(row.getString(2), Duration.ofSeconds(row.getLong(3))))) {
                        gone.add(row.getInt(1));
                    }
                }
            }
        }
        for (int member : gone) {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE slot_stays SET ended = ?, reason = ? WHERE member_ref = ? AND ended IS NULL")) {
                update.setLong(1, latest.began());
                update.setString(2, REASON);
                update.setInt(3, member);
                update.executeUpdate();
            }
        }
    }
}
