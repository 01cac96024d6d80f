// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.mariadb.MariaDbServer;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.time.Duration;

/** Replication of MariaDB by global transaction ids. */
final class MariaDbReplication implements Replication {
    private final PrivateMariaDb primary = PrivateMariaDb.primary();
    private final PrivateMariaDb replica = primary.replica();
    private int databases;

    @Override
    public void start() {
        primary.start();
        replica.start();
    }

    PrivateMariaDb server() {
        return primary;
    }

    PrivateMariaDb slave() {
        return replica;
    }

    @Override
    public StoreUrl newLedger() {
        return StoreUrl.parse(primary.createDatabase("ledger" + ++databases));
    }

    @Override
    public StoreUrl onReplica(StoreUrl ledger) {
        StoreUrl.MariaDb it = (StoreUrl.MariaDb) ledger;
        return new StoreUrl.MariaDb(
                it.host(), replica.port(), it.database(), it.user(), it.password(), it.parameters());
    }

    @Override
    public String primary() {
        return ":" + primary.port() + " server 1";
    }

    @Override
    public String replica() {
        return ":" + replica.port() + " server 2";
    }

    @Override
    public void pause() {
        replica.sql("", "STOP REPLICA SQL_THREAD");
    }

    @Override
    public void cut() {
        replica.sql("", "STOP REPLICA IO_THREAD");
    }

    @Override
    public void stir() {
        primary.sql("", "FLUSH BINARY LOGS");
    }

    @Override
    public void freezePrimary() {
        primary.freeze();
    }

    @Override
    public void thawPrimary() {
        primary.thaw();
    }

    @Override
    public void freezeReplica() {
        replica.freeze();
    }

    @Override
    public void thawReplica() {
        replica.thaw();
    }

    @Override
    public StoreUrl promoted(StoreUrl ledger) {
        replica.sql("", "STOP REPLICA; SET GLOBAL read_only = 0");
        return onReplica(ledger);
    }

    /** Nothing tells a server that only looks like a replica from one; that it has another ledger does. */
    @Override
    public StoreUrl foreign() {
        StoreUrl foreign = alone();
        SharedMariaDb.server().sql("", "SET GLOBAL read_only = 1");
        return foreign;
    }

    @Override
    public StoreUrl alone() {
        StoreUrl alone = StoreUrl.parse(SharedMariaDb.newDatabase());
        Ledgers.migrate(alone, LedgerOptions.DEFAULTS);
        return alone;
    }

    @Override
    public StoreUrl nowhere() {
        return StoreUrl.parse(replica.url("nowhere"));
    }

    @Override
    public StoreUrl withPassword(StoreUrl url, String password) {
        return ((StoreUrl.MariaDb) url).withPassword(password);
    }

    @Override
    public String accessDenied() {
        return "Access denied for user '" + PrivateMariaDb.USER + "'";
    }

    @Override
    public StoreUrl asReader(StoreUrl url) {
        StoreUrl.MariaDb it = (StoreUrl.MariaDb) url;
        String user = "reader_of_" + it.database();
        primary.sql(
                "",
                "CREATE USER " + user + "@'127.0.0.1' IDENTIFIED BY '" + PrivateMariaDb.PASSWORD + "'; GRANT SELECT ON "
                        + it.database() + ".* TO " + user + "@'127.0.0.1'; GRANT SLAVE MONITOR ON *.* TO " + user
                        + "@'127.0.0.1'");
        return new StoreUrl.MariaDb(
                it.host(), it.port(), it.database(), user, PrivateMariaDb.PASSWORD, it.parameters());
    }

    /** The tables by which it is told whose ledger it is, and no others. */
    @Override
    public StoreUrl asBlind(StoreUrl url) {
        StoreUrl.MariaDb it = (StoreUrl.MariaDb) url;
        String user = "blind_in_" + it.database();
        primary.sql(
                "",
                "CREATE USER " + user + "@'127.0.0.1' IDENTIFIED BY '" + PrivateMariaDb.PASSWORD + "'; GRANT SELECT ON "
                        + it.database() + ".schema_history TO " + user + "@'127.0.0.1'; GRANT SLAVE MONITOR ON *.* TO "
                        + user + "@'127.0.0.1'");
        return new StoreUrl.MariaDb(
                it.host(), it.port(), it.database(), user, PrivateMariaDb.PASSWORD, it.parameters());
    }

    @Override
    public void rename(StoreUrl ledger, String table, String column, String to) {
        primary.sql(
                ((StoreUrl.MariaDb) ledger).database(),
                "ALTER TABLE " + table + " RENAME COLUMN " + column + " TO " + to);
    }

    @Override
    public void abroad() {
        primary.sql("", "SET GLOBAL time_zone = '-03:30'");
        replica.sql("", "SET GLOBAL time_zone = '+05:45'");
    }

    @Override
    public Engine readPort(StoreUrl url) {
        return new MariaDbServer((StoreUrl.MariaDb) url, LedgerOptions.DEFAULTS).openReplica(Duration.ofSeconds(30));
    }

    @Override
    public String clock() {
        return primary.sql("", "SELECT floor(unix_timestamp(sysdate(6)) * 1000)");
    }

    @Override
    public void mend() {
        primary.sql("", "SET GLOBAL time_zone = 'SYSTEM'");
        replica.sql("", "SET GLOBAL time_zone = 'SYSTEM'; SET GLOBAL read_only = 1; START REPLICA");
        SharedMariaDb.server().sql("", "SET GLOBAL read_only = 0");
    }

    @Override
    public void close() {
        replica.close();
        primary.close();
    }
}
