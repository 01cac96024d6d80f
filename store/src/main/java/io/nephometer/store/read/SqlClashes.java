// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Incarnation.Polled;
import io.nephometer.store.commit.PollsJson;
import io.nephometer.store.ledger.MemberClash;
import io.nephometer.store.ledger.MemberClash.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Members that several agents are. A clash counts while it is younger than two intervals, or ten minutes. */
final class SqlClashes {
    private static final Duration LEAST = Duration.ofMinutes(10);

    private SqlClashes() {}

    private record Clashed(String member, Run run, Instant seen, Duration longest) {}

    static List<MemberClash> lasting(Connection connection, Instant now) throws SQLException {
        List<Clashed> all = new ArrayList<>();
        new SqlText("SELECT member, id, began, clashed, polls FROM incarnations WHERE clashed IS NOT NULL")
                .add("ORDER BY member, began, id")
                .query(
                        connection,
                        row -> all.add(new Clashed(
                                row.getString(1),
                                new Run(row.getString(2), Micros.instant(row.getLong(3))),
                                Micros.instant(row.getLong(4)),
                                longest(row.getString(5)))));
        List<MemberClash> clashes = new ArrayList<>();
        for (Clashed one : all) {
            Duration lasts = one.longest().multipliedBy(2);
            if (!one.seen().plus(lasts.compareTo(LEAST) < 0 ? LEAST : lasts).isBefore(now)) {
                clashes.add(new MemberClash(one.member(), one.run(), latest(connection, one), one.seen()));
            }
        }
        return clashes;
    }

    private static Duration longest(String polls) {
        return PollsJson.read(polls).stream()
                .map(Polled::interval)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Run latest(Connection connection, Clashed clash) throws SQLException {
        List<Run> runs = new ArrayList<>();
        new SqlText("SELECT id, began FROM incarnations WHERE")
                .add("member = ? ORDER BY began DESC, id DESC LIMIT 1", clash.member())
                .query(connection, row -> runs.add(new Run(row.getString(1), Micros.instant(row.getLong(2)))));
        return runs.isEmpty() ? clash.run() : runs.getFirst();
    }
}
