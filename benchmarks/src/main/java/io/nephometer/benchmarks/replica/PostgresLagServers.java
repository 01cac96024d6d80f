// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.postgres.PostgresServer;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Streaming replication of PostgreSQL. */
final class PostgresLagServers implements LagServers {
    private static final String DATABASE = "lag";

    private final LedgerOptions options;
    private final PrivatePostgres primary = new PrivatePostgres();
    private final PrivatePostgres standby = primary.standby();
    private final PrivatePostgres other = new PrivatePostgres();
    private final PrivatePostgres foreign = other.standby();
    private String conninfo = "";

    PostgresLagServers(LedgerOptions options) {
        this.options = options;
    }

    @Override
    public void start() {
        primary.start();
        primary.createDatabase(DATABASE);
        standby.start();
        conninfo = standby.sql(DATABASE, "SHOW primary_conninfo");
    }

    @Override
    public StoreUrl primary() {
        return StoreUrl.parse(primary.url(DATABASE));
    }

    @Override
    public StoreUrl replica() {
        return StoreUrl.parse(standby.url(DATABASE));
    }

    @Override
    public DataSource writing() {
        return impatient(primary());
    }

    @Override
    public DataSource impatient(StoreUrl url) {
        return new PostgresServer((StoreUrl.Postgres) url, options).probing(Duration.ofSeconds(2));
    }

    @Override
    public List<String> measures() {
        return List.of(
                "now() - pg_last_xact_replay_timestamp()", "receive_lsn = replay_lsn", "replay_lag on the primary");
    }

    @Override
    public List<String> ask(Statement replica, boolean primaryAnswers) throws SQLException {
        try (ResultSet row =
                replica.executeQuery("SELECT extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float8,"
                        + " coalesce(pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn(), true)")) {
            row.next();
            return List.of(
                    LagRow.text(row.getObject(1, Double.class), "nothing"),
                    row.getBoolean(2) ? "caught up" : "behind",
                    primaryAnswers ? LagRow.text(replayLag(), "nothing") : "no answer");
        }
    }

    private @Nullable Double replayLag() throws SQLException {
        try (Connection connection = impatient(primary()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT extract(epoch FROM replay_lag)::float8 FROM pg_stat_replication LIMIT 1")) {
            return row.next() ? row.getObject(1, Double.class) : null;
        }
    }

    @Override
    public void stir() {
        primary.sql(DATABASE, "SELECT pg_switch_wal()");
    }

    @Override
    public void applies(boolean on) {
        standby.sql(DATABASE, on ? "SELECT pg_wal_replay_resume()" : "SELECT pg_wal_replay_pause()");
    }

    @Override
    public void late(boolean on) {
        set(on ? "SET recovery_min_apply_delay = '1s'" : "RESET recovery_min_apply_delay");
    }

    @Override
    public void receives(boolean on) {
        set("SET primary_conninfo = '" + (on ? conninfo.replace("'", "''") : "") + "'");
    }

    private void set(String what) {
        standby.sql(DATABASE, "ALTER SYSTEM " + what);
        standby.sql(DATABASE, "SELECT pg_reload_conf()");
    }

    @Override
    public void primaryHangs(boolean on) {
        hang(primary, on);
    }

    @Override
    public void replicaHangs(boolean on) {
        hang(standby, on);
    }

    private static void hang(PrivatePostgres server, boolean on) {
        if (on) {
            server.freeze();
        } else {
            server.thaw();
        }
    }

    @Override
    public void killReplica() {
        standby.kill();
    }

    @Override
    public StoreUrl foreign() {
        other.start();
        other.createDatabase(DATABASE);
        foreign.start();
        return StoreUrl.parse(foreign.url(DATABASE));
    }

    @Override
    public StoreUrl promoted() {
        foreign.sql(DATABASE, "SELECT pg_promote()");
        return StoreUrl.parse(foreign.url(DATABASE));
    }

    @Override
    public StoreUrl nobody() {
        return StoreUrl.parse("postgresql://a:b@127.0.0.1:1/lag");
    }

    @Override
    public StoreUrl withPassword(StoreUrl url, String password) {
        return ((StoreUrl.Postgres) url).withPassword(password);
    }

    @Override
    public void close() {
        foreign.close();
        other.close();
        standby.close();
        primary.close();
    }
}
