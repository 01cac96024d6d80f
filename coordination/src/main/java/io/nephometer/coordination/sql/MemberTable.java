// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Presence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The tables {@code members} and {@code members_head}. Who stays in only moves the end of its own row. Every change of who is in begins with
 * the row of {@code members_head}, so that changes come one after the other.
 */
final class MemberTable {
    private static final String SEPARATOR = ",";

    private final SqlEngine engine;
    private final Duration limit;
    private final long lease;
    private final String renew;
    private final String list;

    /** @param limit of one change */
    MemberTable(SqlEngine engine, Duration lease, Duration limit) {
        this.engine = engine;
        this.limit = limit;
        this.lease = lease.toNanos() / 1_000;
        this.renew = "UPDATE members SET expires = " + engine.now() + " + ? WHERE name = ? AND incarnation = ?";
        this.list = "SELECT h.revision, m.name, m.incarnation, m.groups, m.since,"
                + " CASE WHEN m.expires <= " + engine.now() + " THEN 1 ELSE 0 END"
                + " FROM members_head h LEFT JOIN members m ON 1 = 1";
    }

    /**
     * Who is in the table at one moment.
     *
     * @param members those whose time is not up
     * @param expired whether there are others
     */
    record Listing(Members members, boolean expired) {}

    /** Lengthens the time of a member that is in, as it is; a member whose time is up is not in, though its row may be there. */
    boolean renew(Connection connection, Member me) throws SQLException {
        String sql = renew + " AND groups = ? AND expires > " + engine.now();
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            set(update, lease, me.name(), me.incarnation(), groups(me));
            return update.executeUpdate() > 0;
        }
    }

    Listing list(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(list);
                ResultSet rows = select.executeQuery()) {
            List<Presence> live = new ArrayList<>();
            boolean expired = false;
            long revision = -1;
            while (rows.next()) {
                revision = rows.getLong(1);
                if (rows.getInt(6) == 1) {
                    expired = true;
                } else if (rows.getString(2) != null) {
                    live.add(presence(rows));
                }
            }
            if (revision < 0) {
                throw new SQLException("members_head has no row");
            }
            return new Listing(new Members(live, revision), expired);
        }
    }

    private static Presence presence(ResultSet rows) throws SQLException {
        String groups = rows.getString(4);
        Set<String> set = groups.isEmpty() ? Set.of() : Set.of(groups.split(SEPARATOR, -1));
        return new Presence(new Member(rows.getString(2), rows.getString(3), set), rows.getLong(5));
    }

    private static String groups(Member member) {
        return String.join(SEPARATOR, member.groups());
    }

    /** Removes those whose time is up. */
    void expire(Connection connection) throws SQLException {
        change(connection, () -> deleteExpired(connection) > 0);
    }

    /**
     * Lets a member in, or changes what it takes part in if it is in.
     *
     * @param after the member's {@link Presence#joined()} will be greater
     * @return what it became if it is new, else {@code after}
     */
    long enter(Connection connection, Member me, long after) throws SQLException {
        long[] joined = {after};
        change(connection, () -> {
            deleteExpired(connection);
            if (!regroup(connection, me)) {
                joined[0] = insert(connection, me, after);
            }
            return true;
        });
        return joined[0];
    }

    /** Removes a member. */
    void remove(Connection connection, Member me) throws SQLException {
        change(connection, () -> {
            String sql = "DELETE FROM members WHERE name = ? AND incarnation = ?";
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                set(delete, me.name(), me.incarnation());
                return delete.executeUpdate() > 0;
            }
        });
    }

    private int deleteExpired(Connection connection) throws SQLException {
        return execute(connection, "DELETE FROM members WHERE expires <= " + engine.now());
    }

    private boolean regroup(Connection connection, Member me) throws SQLException {
        String sql = renew.replace("SET ", "SET groups = ?, ");
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            set(update, groups(me), lease, me.name(), me.incarnation());
            return update.executeUpdate() > 0;
        }
    }

    private long insert(Connection connection, Member me, long after) throws SQLException {
        long now;
        long joined;
        String latest = "SELECT " + engine.now() + ", COALESCE(MAX(since), 0) FROM members";
        try (PreparedStatement select = connection.prepareStatement(latest);
                ResultSet row = select.executeQuery()) {
            row.next();
            now = row.getLong(1);
            joined = Math.max(now, Math.max(row.getLong(2), after) + 1);
        }
        String sql = "INSERT INTO members (name, incarnation, groups, since, expires) VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            set(insert, me.name(), me.incarnation(), groups(me), joined, now + lease);
            insert.executeUpdate();
        }
        return joined;
    }

    /** A change of who is in; whether it is one is known at its end. */
    private interface Change {
        boolean make() throws SQLException;
    }

    private void change(Connection connection, Change change) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute(connection, engine.bounds(limit));
            execute(connection, "UPDATE members_head SET revision = revision + 1");
            if (change.make()) {
                connection.commit();
            } else {
                connection.rollback();
            }
        } catch (SQLException e) {
            rollBack(connection, e);
            throw e;
        }
        connection.setAutoCommit(true);
    }

    /** So that the connection can be used again, if it can. */
    private static void rollBack(Connection connection, SQLException why) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    private static int execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
