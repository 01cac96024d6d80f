// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.store.commit.Engine;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.postgres.PostgresServer;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Streaming replication of PostgreSQL. */
final class PostgresReplication implements Replication {
    private final PrivatePostgres primary = new PrivatePostgres();
    private final PrivatePostgres standby = primary.standby();
    private final List<PrivatePostgres> more = new ArrayList<>();
    private String conninfo = "";
    private int schemas;
    private boolean abroad;

    @Override
    public void start() {
        primary.start();
        standby.start();
        conninfo = standby.sql("postgres", "SHOW primary_conninfo");
    }

    PrivatePostgres standby() {
        return standby;
    }

    PrivatePostgres server() {
        return primary;
    }

    @Override
    public StoreUrl newLedger() {
        String name = "ledger" + ++schemas;
        primary.sql("postgres", "CREATE SCHEMA " + name);
        return StoreUrl.parse(primary.url("postgres") + "?currentSchema=" + name);
    }

    @Override
    public StoreUrl onReplica(StoreUrl ledger) {
        return on(standby, ledger);
    }

    private static StoreUrl on(PrivatePostgres server, StoreUrl ledger) {
        StoreUrl.Postgres it = (StoreUrl.Postgres) ledger;
        return new StoreUrl.Postgres(
                it.host(), server.port(), it.database(), it.user(), it.password(), it.parameters());
    }

    @Override
    public String primary() {
        return "127.0.0.1:" + primary.port() + " since ";
    }

    @Override
    public String replica() {
        return "127.0.0.1:" + standby.port() + " since ";
    }

    @Override
    public void pause() {
        standby.sql("postgres", "SELECT pg_wal_replay_pause()");
    }

    @Override
    public void cut() {
        conninfo("");
    }

    private void conninfo(String text) {
        standby.sql("postgres", "ALTER SYSTEM SET primary_conninfo = '" + text.replace("'", "''") + "'");
        standby.sql("postgres", "SELECT pg_reload_conf()");
    }

    @Override
    public void stir() {
        primary.sql("postgres", "SELECT pg_switch_wal()");
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
        standby.freeze();
    }

    @Override
    public void thawReplica() {
        standby.thaw();
    }

    @Override
    public StoreUrl promoted(StoreUrl ledger) {
        PrivatePostgres promoted = start(primary.standby());
        promoted.sql("postgres", "SELECT pg_promote()");
        return on(promoted, ledger);
    }

    @Override
    public StoreUrl foreign() {
        return StoreUrl.parse(start(SharedPostgres.cluster().standby()).url("postgres"));
    }

    private PrivatePostgres start(PrivatePostgres server) {
        more.add(server);
        server.start();
        return server;
    }

    @Override
    public StoreUrl alone() {
        return StoreUrl.parse(SharedPostgres.newSchema());
    }

    @Override
    public StoreUrl nowhere() {
        return StoreUrl.parse(standby.url("nowhere"));
    }

    @Override
    public StoreUrl withPassword(StoreUrl url, String password) {
        return ((StoreUrl.Postgres) url).withPassword(password);
    }

    @Override
    public String accessDenied() {
        return "28P01 FATAL: password authentication failed for user \"" + PrivatePostgres.USER + "\"";
    }

    @Override
    public StoreUrl asReader(StoreUrl url) {
        StoreUrl.Postgres it = (StoreUrl.Postgres) url;
        String schema = it.parameters().getOrDefault("currentSchema", "public");
        String role = "reader_of_" + schema;
        primary.sql("postgres", "CREATE ROLE " + role + " LOGIN PASSWORD '" + PrivatePostgres.PASSWORD + "'");
        primary.sql("postgres", "GRANT USAGE ON SCHEMA " + schema + " TO " + role);
        primary.sql("postgres", "GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + role);
        return as(role, it);
    }

    private static StoreUrl as(String role, StoreUrl.Postgres it) {
        return new StoreUrl.Postgres(
                it.host(), it.port(), it.database(), role, PrivatePostgres.PASSWORD, it.parameters());
    }

    @Override
    public StoreUrl asBlind(StoreUrl url) {
        StoreUrl.Postgres it = (StoreUrl.Postgres) url;
        String schema = it.parameters().getOrDefault("currentSchema", "public");
        String role = "blind_in_" + schema;
        primary.sql("postgres", "CREATE ROLE " + role + " LOGIN PASSWORD '" + PrivatePostgres.PASSWORD + "'");
        primary.sql("postgres", "GRANT USAGE ON SCHEMA " + schema + " TO " + role);
        return as(role, it);
    }

    @Override
    public void rename(StoreUrl ledger, String table, String column, String to) {
        String schema = ((StoreUrl.Postgres) ledger).parameters().getOrDefault("currentSchema", "public");
        primary.sql("postgres", "ALTER TABLE " + schema + "." + table + " RENAME COLUMN " + column + " TO " + to);
    }

    @Override
    public void abroad() {
        zones("SET timezone = 'America/St_Johns'", "SET timezone = 'Asia/Kathmandu'");
        abroad = true;
    }

    private void zones(String ofPrimary, String ofStandby) {
        primary.sql("postgres", "ALTER SYSTEM " + ofPrimary);
        primary.sql("postgres", "SELECT pg_reload_conf()");
        standby.sql("postgres", "ALTER SYSTEM " + ofStandby);
        standby.sql("postgres", "SELECT pg_reload_conf()");
    }

    @Override
    public Engine readPort(StoreUrl url) {
        return new PostgresServer((StoreUrl.Postgres) url, LedgerOptions.DEFAULTS).openReplica(Duration.ofSeconds(30));
    }

    @Override
    public String clock() {
        return primary.sql("postgres", "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
    }

    @Override
    public void mend() {
        more.forEach(PrivatePostgres::close);
        more.clear();
        if (abroad) {
            zones("RESET timezone", "RESET timezone");
            abroad = false;
        }
        standby.sql("postgres", "SELECT pg_wal_replay_resume()");
        if (standby.sql("postgres", "SHOW primary_conninfo").isEmpty()) {
            conninfo(conninfo);
        }
    }

    @Override
    public void close() {
        standby.close();
        primary.close();
    }
}
