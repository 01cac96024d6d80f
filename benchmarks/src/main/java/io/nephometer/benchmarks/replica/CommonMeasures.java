// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What is usually asked for.
 *
 * @param sinceReplay seconds since the last replayed transaction, by the replica
 * @param caughtUp whether all that was received is replayed, by the replica
 * @param replayLag seconds, by the primary; null: it knows of no replica, or of no lag
 */
record CommonMeasures(
        @Nullable Double sinceReplay,
        boolean caughtUp,
        @Nullable Double replayLag) {
    static CommonMeasures of(Statement replica, @Nullable DataSource primary) throws SQLException {
        Double sinceReplay;
        boolean caughtUp;
        try (ResultSet row =
                replica.executeQuery("SELECT extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float8,"
                        + " coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), true)")) {
            row.next();
            sinceReplay = row.getObject(1, Double.class);
            caughtUp = row.getBoolean(2);
        }
        return new CommonMeasures(sinceReplay, caughtUp, primary == null ? null : replayLag(primary));
    }

    private static @Nullable Double replayLag(DataSource primary) throws SQLException {
        try (Connection connection = primary.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT extract(epoch FROM replay_lag)::float8 FROM pg_stat_replication LIMIT 1")) {
            return row.next() ? row.getObject(1, Double.class) : null;
        }
    }

    String sinceReplayText() {
        return text(sinceReplay);
    }

    String replayLagText() {
        return text(replayLag);
    }

    private static String text(@Nullable Double seconds) {
        return seconds == null ? "nothing" : String.format(Locale.ROOT, "%.2f", seconds);
    }
}
