// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.Member;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Registration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Members as rows of the tables {@code members} and {@code members_head}, which whoever owns the database makes. A beat is one update and one
 * query. Time is that of the database. Thread-safe.
 */
public final class SqlCoordinator implements Coordinator {
    private static final int LIMIT_PART = 3;
    private static final int POLL_PART = 10;
    private static final Duration RAREST_POLL = Duration.ofSeconds(1);

    private final Duration lease;
    private final MemberTable table;
    private final SqlLane beats;
    private final SqlLane looks;
    private final ChangePoll poll;
    /** By incarnation: what each member of this process became last. */
    private final Map<String, Long> joined = new ConcurrentHashMap<>();

    /** @param database gives connections that commit each statement; stays open */
    public SqlCoordinator(DataSource database, SqlEngine engine, Duration lease) {
        Duration limit = lease.dividedBy(LIMIT_PART);
        this.lease = lease;
        this.table = new MemberTable(engine, lease, limit);
        this.beats = new SqlLane(database, limit);
        this.looks = new SqlLane(database, limit);
        this.poll = new ChangePoll(pollPeriod(lease), () -> looks.run("list members", table::list));
    }

    private static Duration pollPeriod(Duration lease) {
        Duration part = lease.dividedBy(POLL_PART);
        return part.compareTo(RAREST_POLL) < 0 ? part : RAREST_POLL;
    }

    @Override
    public Members beat(Member me) throws CoordinationException {
        return beats.run("take the beat of " + me.name(), connection -> beat(connection, me));
    }

    private Members beat(Connection connection, Member me) throws SQLException {
        if (table.renew(connection, me)) {
            MemberTable.Listing listing = table.list(connection);
            if (!listing.expired()) {
                return listing.members();
            }
            table.expire(connection);
        } else {
            long before = joined.getOrDefault(me.incarnation(), 0L);
            joined.put(me.incarnation(), table.enter(connection, me, before));
        }
        return table.list(connection).members();
    }

    @Override
    public Members members() throws CoordinationException {
        return looks.run("list members", table::list).members();
    }

    @Override
    public void leave(Member me) throws CoordinationException {
        beats.run("let " + me.name() + " leave", connection -> {
            table.remove(connection, me);
            return me;
        });
    }

    @Override
    public Registration watch(Runnable changed) {
        return poll.add(changed);
    }

    @Override
    public Duration lease() {
        return lease;
    }

    @Override
    public void close() {
        poll.close();
        beats.close();
        looks.close();
    }
}
