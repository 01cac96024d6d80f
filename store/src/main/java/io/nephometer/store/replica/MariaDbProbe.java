// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.store.replica.Finding.Reason;
import io.nephometer.store.replica.LogPosition.Gtids;
import io.nephometer.store.replica.LogPosition.NoLog;
import io.nephometer.store.replica.ServerLook.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks a MariaDB server. The primary tells the last transaction of each replication domain in its binary log: whatever it has
 * acknowledged is in there. The replica tells up to which it has <em>applied</em> them; what its relay log holds is not visible to
 * anybody.
 *
 * <p>A server is a replica if it is read-only, whatever else it says: one that takes writes may have what its primary never had.
 * There is nothing like PostgreSQL's system identifier: that two servers have the same ledger is seen by when, and in how many
 * milliseconds each, its tables were made. There are no timelines either: a failover is seen by the server id of whoever writes.
 */
public final class MariaDbProbe implements ReplicaProbe {
    private static final String LOOK = """
            SELECT timestampdiff(MICROSECOND, '1970-01-01', utc_timestamp(6)) AS clock,
                   @@global.read_only AS protection,
                   @@global.log_bin AS logs,
                   @@global.gtid_binlog_pos AS written,
                   @@global.gtid_slave_pos AS applied,
                   @@global.server_id AS server,
                   concat(@@hostname, ':', @@port) AS address,
                   concat(database(), ' ', (<landmark>)) AS held
            """;

    private static final Landmarks LEDGER = new Landmarks("""
            SELECT concat('made ', group_concat(concat(unix_timestamp(installed_on), '+', execution_time)
                                                ORDER BY installed_rank))
            FROM schema_history WHERE version IN ('5', '6', '7')""", LedgerBeats.NEWEST);

    private static final String THREADS = "SHOW ALL REPLICAS STATUS";

    private static final Set<String> OFF = Set.of("0", "OFF");

    private final ProbeConnection connection;
    private final Landmarks landmarks;
    private final String question;

    /** Whether it was a replica when it was asked last. */
    private boolean followed;

    /** @param source gives connections to the ledger's database that do not wait long for an answer */
    public MariaDbProbe(DataSource source) {
        this(source, LEDGER);
    }

    /** The same for another database than a ledger. */
    public MariaDbProbe(DataSource source, Landmarks landmarks) {
        this.connection = new ProbeConnection(source);
        this.landmarks = landmarks;
        this.question = LOOK.replace("<landmark>", landmarks.identity());
    }

    /**
     * What a database has that tells it from others, and its age without its primary.
     *
     * @param identity a SELECT of one text, the same on a primary and its replicas and on nobody else
     * @param beats a SELECT of times that writers left, as microseconds since the epoch, one of each, the newest first
     */
    public record Landmarks(String identity, String beats) {}

    @Override
    public void connect() throws SQLException {
        connection.connect();
    }

    @Override
    public ServerLook look() throws SQLException {
        boolean threadsFirst = followed;
        followed = false; // until it has answered
        // How its threads are may take a while, when one of them is being stopped; a position is the better the younger
        // it is.
        Threads before = threadsFirst ? connection.ask(THREADS, Threads::of) : null;
        ServerLook look = connection.ask(question, MariaDbProbe::read);
        followed = look.follows();
        if (!followed) {
            return look;
        }
        return (before != null ? before : connection.ask(THREADS, Threads::of)).complete(look);
    }

    @Override
    public List<Instant> beats() throws SQLException {
        return LedgerBeats.of(connection, landmarks.beats());
    }

    private static ServerLook read(ResultSet row) throws SQLException {
        row.next();
        boolean follows = !OFF.contains(row.getString("protection"));
        String server = server(row.getLong("server"));
        return new ServerLook(
                row.getString("address") + " " + server,
                String.valueOf(row.getString("held")),
                follows ? "" : server,
                follows,
                follows ? Gtids.parse(row.getString("applied")) : written(row),
                Instant.EPOCH.plus(row.getLong("clock"), ChronoUnit.MICROS),
                null,
                List.of());
    }

    private static LogPosition written(ResultSet row) throws SQLException {
        return row.getBoolean("logs")
                ? Gtids.parse(row.getString("written"))
                : new NoLog("it keeps no binary log (log_bin is off), so it has neither replicas nor positions");
    }

    private static String server(long id) {
        return "server " + id;
    }

    /**
     * What the threads of a replica do. Of several servers that it follows the first counts.
     *
     * @param history whom it follows; empty if that is not known
     */
    private record Threads(String history, @Nullable Trouble trouble) {
        static Threads of(ResultSet row) throws SQLException {
            if (!row.next()) {
                return new Threads(
                        "",
                        new Trouble(Reason.NOT_RECEIVING, "it is read-only, but follows nobody (SHOW REPLICA STATUS)"));
            }
            long followed = row.getLong("Master_Server_Id");
            return new Threads(followed == 0 ? "" : server(followed), MariaDbProbe.trouble(row));
        }

        ServerLook complete(ServerLook look) {
            return new ServerLook(
                    look.identity(),
                    look.cluster(),
                    history,
                    true,
                    look.position(),
                    look.clock(),
                    trouble,
                    look.beats());
        }
    }

    private static @Nullable Trouble trouble(ResultSet row) throws SQLException {
        if (!row.getString("Slave_SQL_Running").equals("Yes")) {
            return row.getInt("Last_SQL_Errno") == 0
                    ? new Trouble(Reason.PAUSED, "its SQL thread was stopped; START REPLICA SQL_THREAD there ends that")
                    : new Trouble(
                            Reason.REPLAY_FAILED,
                            "it cannot apply what it received: " + row.getInt("Last_SQL_Errno") + " "
                                    + row.getString("Last_SQL_Error"));
        }
        String receiving = row.getString("Slave_IO_Running");
        return receiving.equals("Yes")
                ? null
                : new Trouble(
                        Reason.NOT_RECEIVING,
                        "it receives nothing from a primary: " + receiving + " " + row.getString("Last_IO_Error"));
    }

    @Override
    public void close() {
        connection.close();
    }
}
