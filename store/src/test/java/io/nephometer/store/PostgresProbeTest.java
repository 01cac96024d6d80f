// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.store.replica.LogPosition;
import io.nephometer.store.replica.PostgresProbe;
import io.nephometer.store.replica.ServerLook;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** About 5 s. */
@Tag("server")
class PostgresProbeTest {
    /** What a server writes and flushes of its own accord in between leaves nothing to do, or a little more. */
    private static final int TURNS = 20;

    /** Where nobody makes transactions but who is asked to. */
    private static final PrivatePostgres SERVER = new PrivatePostgres(List.of("autovacuum=off"));

    private static String database = "";

    @BeforeAll
    static void startServer() {
        SERVER.start();
        database = SERVER.createDatabase("probed");
    }

    @AfterAll
    static void endServer() {
        SERVER.close();
    }

    private static PostgresProbe probe() {
        URI uri = URI.create(database);
        List<String> login = List.of(uri.getUserInfo().split(":", -1));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + SERVER.port() + "/probed");
        source.setUser(login.getFirst());
        source.setPassword(login.getLast());
        return new PostgresProbe(source);
    }

    /** How many transactions there were that write. */
    private static long transactions() {
        return Long.parseLong(SERVER.sql("probed", "SELECT txid_snapshot_xmax(txid_current_snapshot())")
                .strip());
    }

    /** What no commit flushes. */
    private static void leaveARest() {
        SERVER.sql("probed", "BEGIN; SELECT pg_logical_emit_message(false, 'of a reader', 'gone'); ROLLBACK");
    }

    private static boolean isFlushed(LogPosition position) {
        return SERVER.sql("probed", "SELECT pg_current_wal_flush_lsn() >= '" + position + "'::pg_lsn")
                .strip()
                .equals("t");
    }

    @Test
    void whatAReaderLeftInTheLog_isFlushedWhenItStandsStill_andAServerAtRestIsLeftAlone() throws SQLException {
        try (PostgresProbe probe = probe()) {
            await(() -> isLeftAlone(probe));
            await(() -> isFlushedByTheSecondLook(probe));
            await(() -> isLeftAlone(probe));
        }
    }

    private interface Turn {
        boolean isAsExpected() throws SQLException;
    }

    private static void await(Turn turn) throws SQLException {
        int turns = 1;
        while (!turn.isAsExpected()) {
            assertThat(++turns).isLessThan(TURNS);
        }
    }

    private static boolean isLeftAlone(PostgresProbe probe) throws SQLException {
        long before = transactions();
        for (int i = 0; i < 5; i++) {
            ServerLook _ = probe.look();
        }
        return transactions() == before;
    }

    private static boolean isFlushedByTheSecondLook(PostgresProbe probe) throws SQLException {
        leaveARest();
        long before = transactions();
        LogPosition first = probe.look().position();
        LogPosition second = probe.look().position();
        assertThat(second.covers(first)).isTrue();
        return transactions() == before + 1 && isFlushed(second);
    }
}
