// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import io.nephometer.store.replica.LogPosition.Lsn;
import io.nephometer.store.replica.ServerLook.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks a PostgreSQL server, by functions that everybody may call.
 *
 * <p>The primary tells the place where the next record goes: everything committed lies before it, also what is not flushed yet. The
 * replica tells how far it has <em>replayed</em>; what it has only received is not visible to anybody.
 *
 * <p>What a reader leaves in the log of the primary (dead rows that it cleared away) and then rolls back is flushed by nobody for up to
 * 15 s on an idle server, and a replica would look late for so long. Where such a rest stands still from one look to the next, the primary
 * is given an empty transaction, whose commit flushes it.
 */
public final class PostgresProbe implements ReplicaProbe {
    /**
     * The timeline of a replica is the newest of three: its control file follows only at restart points, and what its receiver says
     * is shown only to members of pg_read_all_stats.
     */
    private static final String LOOK = """
            SELECT clock_timestamp() AS clock,
                   pg_is_in_recovery() AS follows,
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_insert_lsn() END
                       - '0/0'::pg_lsn AS place,
                   CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_current_wal_flush_lsn() - '0/0'::pg_lsn END AS flushed,
                   CASE WHEN pg_is_in_recovery()
                        THEN greatest((SELECT timeline_id FROM pg_control_checkpoint()),
                                      (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
                                      (SELECT received_tli FROM pg_stat_wal_receiver))
                        ELSE ('x' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8))::bit(32)::int
                   END AS timeline,
                   (SELECT system_identifier FROM pg_control_system())::text || '/' || current_database() || '/'
                       || coalesce(current_schema(), '') AS cluster,
                   coalesce(host(inet_server_addr()), 'local') || ':' || coalesce(inet_server_port(), 0) || ' since '
                       || to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS identity,
                   CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() ELSE false END AS paused,
                   EXISTS (SELECT 1 FROM pg_stat_wal_receiver) AS receiving,
                   (SELECT setting::bigint FROM pg_settings WHERE name = 'wal_segment_size') AS segment
            """;

    /** Waits for the primary's own disk alone, whatever its commits wait for else. */
    private static final String FLUSH = "SELECT set_config('synchronous_commit', 'local', true), txid_current()";

    private static final long PAGE = 8_192;
    private static final long PAGE_HEADER = 24;
    private static final long SEGMENT_HEADER = 40;

    private final ProbeConnection connection;

    /** Up to where the log went at the last look, if part of it was not flushed then. */
    private @Nullable Long rest;

    /** @param source gives connections that do not wait long for an answer */
    public PostgresProbe(DataSource source) {
        this.connection = new ProbeConnection(source);
    }

    @Override
    public void connect() throws SQLException {
        connection.connect();
    }

    @Override
    public ServerLook look() throws SQLException {
        Seen seen = connection.ask(LOOK, PostgresProbe::read);
        boolean standsStill = seen.rest() != null && seen.rest().equals(rest);
        rest = seen.rest();
        if (standsStill) {
            boolean _ = connection.ask(FLUSH, ResultSet::next);
            seen = connection.ask(LOOK, PostgresProbe::read);
        }
        return seen.look();
    }

    /** @param rest where the log goes on, if part of it is not flushed; else null */
    private record Seen(ServerLook look, @Nullable Long rest) {}

    @Override
    public List<Instant> beats() throws SQLException {
        return LedgerBeats.of(connection);
    }

    private static Seen read(ResultSet row) throws SQLException {
        row.next();
        boolean follows = row.getBoolean("follows");
        long place = row.getLong("place");
        long end = follows ? place : endOfRecords(place, row.getLong("segment"));
        ServerLook look = new ServerLook(
                row.getString("identity"),
                row.getString("cluster"),
                "timeline " + row.getInt("timeline"),
                follows,
                new Lsn(end),
                row.getObject("clock", OffsetDateTime.class).toInstant(),
                trouble(row, follows),
                List.of());
        return new Seen(look, follows || row.getLong("flushed") >= end ? null : end);
    }

    /**
     * Where the last record ended, if the next one goes behind the header of a fresh page: a replica never says that it has replayed
     * a header alone, and would look late for as long as the primary rests (after a switch of the log file, for example).
     */
    static long endOfRecords(long next, long segment) {
        if (next % segment == SEGMENT_HEADER) {
            return next - SEGMENT_HEADER;
        }
        return next % PAGE == PAGE_HEADER ? next - PAGE_HEADER : next;
    }

    private static @Nullable Trouble trouble(ResultSet row, boolean follows) throws SQLException {
        if (!follows) {
            return null;
        }
        if (row.getBoolean("paused")) {
            return new Trouble(
                    Finding.Reason.PAUSED, "replay was paused there; SELECT pg_wal_replay_resume() ends that");
        }
        return row.getBoolean("receiving")
                ? null
                : new Trouble(
                        Finding.Reason.NOT_RECEIVING,
                        "it receives nothing from a primary; its log and primary_conninfo say why");
    }

    @Override
    public void close() {
        connection.close();
    }
}
