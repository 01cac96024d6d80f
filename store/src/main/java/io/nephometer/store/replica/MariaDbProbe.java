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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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
 *
 * <p>Of the server itself, of each server that it follows, and of the primary's binary log, if the account may ask for that, it is asked
 * what they leave out.
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
                   database() AS name,
                   @@global.slave_skip_errors AS slave_skip_errors,
                   @@global.replicate_events_marked_for_skip AS replicate_events_marked_for_skip,
                   concat(database(), ' ', (<landmark>)) AS held
            """;

    private static final Landmarks LEDGER = new Landmarks("""
            SELECT concat('made ', group_concat(concat(unix_timestamp(installed_on), '+', execution_time)
                                                ORDER BY installed_rank))
            FROM schema_history WHERE version IN ('5', '6', '7')""", LedgerBeats.NEWEST);

    private static final String THREADS = "SHOW ALL REPLICAS STATUS";

    private static final String LOG = "SHOW MASTER STATUS";
    private static final int ACCESS_DENIED = 1227;

    private static final Set<String> OFF = Set.of("0", "OFF");

    private final ProbeConnection connection;
    private final Landmarks landmarks;
    private final String question;

    /** Whether it was a replica when it was asked last. */
    private boolean followed;

    /** What is left out of its binary log, which only a restart changes; null: not asked since it was connected. */
    private @Nullable MariaDbFilters unlogged;

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
        try {
            // How its threads are may take a while, when one of them is being stopped; a position is the better the
            // younger
            // it is.
            Threads before = threadsFirst ? connection.ask(THREADS, Threads::of) : null;
            Own own = connection.ask(question, Own::of);
            followed = own.look().follows();
            if (!followed) {
                return own.logging(unlogged());
            }
            return own.following(before != null ? before : connection.ask(THREADS, Threads::of));
        } catch (SQLException e) {
            unlogged = null;
            throw e;
        }
    }

    /** Nothing, if the account may not ask. */
    private MariaDbFilters unlogged() throws SQLException {
        MariaDbFilters known = unlogged;
        if (known == null) {
            try {
                known = connection.ask(LOG, row -> row.next() ? MariaDbFilters.ofLog(row) : MariaDbFilters.NONE);
            } catch (SQLException e) {
                if (e.getErrorCode() != ACCESS_DENIED) {
                    throw e;
                }
                known = MariaDbFilters.NONE;
            }
            unlogged = known;
        }
        return known;
    }

    @Override
    public List<Instant> beats() throws SQLException {
        return LedgerBeats.of(connection, landmarks.beats());
    }

    /**
     * What it says without being asked for its threads or log.
     *
     * @param database as it spells the name
     * @param skips what it was told to pass over, whoever it follows
     */
    private record Own(ServerLook look, String database, MariaDbFilters skips) {
        static Own of(ResultSet row) throws SQLException {
            row.next();
            boolean follows = !OFF.contains(row.getString("protection"));
            String server = server(row.getLong("server"));
            ServerLook look = new ServerLook(
                    row.getString("address") + " " + server,
                    String.valueOf(row.getString("held")),
                    follows ? "" : server,
                    follows,
                    follows ? Gtids.parse(row.getString("applied")) : written(row),
                    Instant.EPOCH.plus(row.getLong("clock"), ChronoUnit.MICROS),
                    null,
                    List.of());
            MariaDbFilters skips = MariaDbFilters.ofServer(row);
            return new Own(look, String.valueOf(row.getString("name")), skips);
        }

        ServerLook logging(MariaDbFilters unlogged) {
            return unlogged.hiding(database)
                    .map(setting -> told(look.history(), new Trouble(Reason.FILTERED, setting)))
                    .orElse(look);
        }

        /** What is missing for ever outweighs what comes late. */
        ServerLook following(Threads threads) {
            return Stream.concat(Stream.of(skips), threads.filters().stream())
                    .flatMap(filters -> filters.hiding(database).stream())
                    .findFirst()
                    .map(setting -> told(threads.history(), new Trouble(Reason.FILTERED, setting)))
                    .orElseGet(() -> told(threads.history(), threads.trouble()));
        }

        private ServerLook told(String history, @Nullable Trouble trouble) {
            return new ServerLook(
                    look.identity(),
                    look.cluster(),
                    history,
                    look.follows(),
                    look.position(),
                    look.clock(),
                    trouble,
                    look.beats());
        }
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
     * What the threads of a replica do. Of several servers that it follows the first counts, but the filters of each.
     *
     * @param history whom it follows; empty if that is not known
     */
    private record Threads(String history, @Nullable Trouble trouble, List<MariaDbFilters> filters) {
        static Threads of(ResultSet row) throws SQLException {
            if (!row.next()) {
                return new Threads(
                        "",
                        new Trouble(Reason.NOT_RECEIVING, "it is read-only, but follows nobody (SHOW REPLICA STATUS)"),
                        List.of());
            }
            long followed = row.getLong("Master_Server_Id");
            Trouble trouble = MariaDbProbe.trouble(row);
            List<MariaDbFilters> filters = new ArrayList<>();
            do {
                filters.add(MariaDbFilters.ofReplica(row));
            } while (row.next());
            return new Threads(followed == 0 ? "" : server(followed), trouble, filters);
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
