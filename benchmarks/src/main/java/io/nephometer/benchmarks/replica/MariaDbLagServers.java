// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.runtime.WallClock;
import io.nephometer.store.LedgerConnections;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.mariadb.MariaDbServer;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Replication of MariaDB by global transaction ids. */
final class MariaDbLagServers implements LagServers {
    private static final String DATABASE = "lag";

    private final LedgerOptions options;
    private final PrivateMariaDb primary = PrivateMariaDb.primary();
    private final PrivateMariaDb replica = primary.replica();
    private final PrivateMariaDb foreign = new PrivateMariaDb();
    private @Nullable LedgerConnections writing;

    MariaDbLagServers(LedgerOptions options) {
        this.options = options;
    }

    @Override
    public void start() {
        primary.start();
        primary.createDatabase(DATABASE);
        replica.start();
        writing = Ledgers.connections(primary(), options, 2).orElseThrow();
    }

    @Override
    public StoreUrl primary() {
        return StoreUrl.parse(primary.url(DATABASE));
    }

    @Override
    public StoreUrl replica() {
        return StoreUrl.parse(replica.url(DATABASE));
    }

    @Override
    public DataSource writing() {
        return Objects.requireNonNull(writing, "not started").source();
    }

    @Override
    public DataSource impatient(StoreUrl url) {
        return new MariaDbServer((StoreUrl.MariaDb) url, options).probing(Duration.ofSeconds(2));
    }

    @Override
    public List<String> measures() {
        return List.of("Seconds_Behind_Master", "Gtid_IO_Pos = gtid_slave_pos", "IO thread, SQL thread");
    }

    @Override
    public List<String> ask(Statement replica, boolean primaryAnswers) throws SQLException {
        String applied;
        try (ResultSet row = replica.executeQuery("SELECT @@global.gtid_slave_pos")) {
            row.next();
            applied = row.getString(1);
        }
        try (ResultSet row = replica.executeQuery("SHOW REPLICA STATUS")) {
            row.next();
            String behind = row.getString("Seconds_Behind_Master");
            return List.of(
                    behind == null ? "NULL" : behind,
                    applied.equals(row.getString("Gtid_IO_Pos")) ? "caught up" : "behind",
                    row.getString("Slave_IO_Running") + ", " + row.getString("Slave_SQL_Running"));
        }
    }

    @Override
    public void stir() {
        primary.sql("", "FLUSH BINARY LOGS");
    }

    @Override
    public void applies(boolean on) {
        replica.sql("", (on ? "START" : "STOP") + " REPLICA SQL_THREAD");
    }

    @Override
    public void late(boolean on) {
        replica.sql("", "STOP REPLICA; CHANGE MASTER TO master_delay = " + (on ? 1 : 0) + "; START REPLICA");
    }

    @Override
    public void receives(boolean on) {
        replica.sql("", (on ? "START" : "STOP") + " REPLICA IO_THREAD");
    }

    @Override
    public void primaryHangs(boolean on) {
        hang(primary, on);
    }

    @Override
    public void replicaHangs(boolean on) {
        hang(replica, on);
    }

    private static void hang(PrivateMariaDb server, boolean on) {
        if (on) {
            server.freeze();
        } else {
            server.thaw();
        }
    }

    @Override
    public void killReplica() {
        replica.kill();
    }

    /** Read-only, with a ledger of its own. */
    @Override
    public StoreUrl foreign() {
        foreign.start();
        StoreUrl url = StoreUrl.parse(foreign.createDatabase(DATABASE));
        Ledgers.open(url, options, WallClock.system()).close();
        foreign.sql("", "SET GLOBAL read_only = 1");
        return url;
    }

    @Override
    public StoreUrl promoted() {
        foreign.sql("", "SET GLOBAL read_only = 0");
        return StoreUrl.parse(foreign.url(DATABASE));
    }

    @Override
    public StoreUrl nobody() {
        return StoreUrl.parse("mariadb://a:b@127.0.0.1:1/lag");
    }

    @Override
    public StoreUrl withPassword(StoreUrl url, String password) {
        return ((StoreUrl.MariaDb) url).withPassword(password);
    }

    @Override
    public void close() {
        if (writing != null) {
            writing.close();
        }
        foreign.close();
        replica.close();
        primary.close();
    }
}
