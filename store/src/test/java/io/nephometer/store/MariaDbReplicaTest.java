// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.mariadb.MariaDbServer;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.Finding.Reason;
import io.nephometer.store.replica.MariaDbProbe;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.ReplicaStatus;
import io.nephometer.store.replica.Routed;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RoutingOptions;
import io.nephometer.store.replica.ServerLook;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** About 25 s. */
@Tag("server")
class MariaDbReplicaTest extends ReplicaContract {
    private static final RoutingOptions OFTEN =
            new RoutingOptions(Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofSeconds(2), 1_000);
    private static final MariaDbReplication SERVERS = new MariaDbReplication();

    MariaDbReplicaTest() {
        super(SERVERS);
    }

    @BeforeAll
    static void startServers() {
        SERVERS.start();
    }

    @AfterAll
    static void endServers() {
        SERVERS.close();
    }

    private static ReplicaRouter<LedgerView> router(StoreUrl primary, StoreUrl slave) {
        ReplicaRouter<LedgerView> router = Ledgers.routed(
                        primary,
                        () -> Ledgers.openReadOnly(primary, LedgerOptions.DEFAULTS, WallClock.system()),
                        List.of(slave),
                        LedgerOptions.DEFAULTS,
                        OFTEN,
                        WallClock.system())
                .router(WallClock.system(), Ticker.system(), RouterObserver.NONE);
        router.start();
        return router;
    }

    private static StoreUrl ledger() {
        StoreUrl url = SERVERS.newLedger();
        Ledgers.migrate(url, LedgerOptions.DEFAULTS);
        return url;
    }

    private static ReplicaStatus awaitReason(ReplicaRouter<LedgerView> router, Reason reason) {
        await("noticed: " + reason, () -> router.replicas().getFirst().reason() == reason);
        return router.replicas().getFirst();
    }

    /** After a failover the server at the address of the primary is another one. */
    @Test
    void aReplicaThatFollowsAnotherServerThanThePrimary_isNotRead_untilItFollowsThatOne() {
        StoreUrl url = ledger();
        try (ReplicaRouter<LedgerView> router = router(url, SERVERS.onReplica(url))) {
            awaitReason(router, Reason.IN_STEP);
            SERVERS.server().sql("", "SET GLOBAL server_id = 9");
            assertThat(awaitReason(router, Reason.OTHER_HISTORY).detail())
                    .isEqualTo("it follows server 1, the primary is on server 9");
            SERVERS.slave().sql("", "STOP REPLICA; START REPLICA");
            awaitReason(router, Reason.IN_STEP);
        } finally {
            SERVERS.server().sql("", "SET GLOBAL server_id = 1");
            SERVERS.slave().sql("", "STOP REPLICA; START REPLICA");
        }
    }

    @Test
    void aReplicaThatCannotApplyWhatItReceived_isBroken_andSaysWhy() {
        StoreUrl url = ledger();
        String database = ((StoreUrl.MariaDb) url).database();
        try (ReplicaRouter<LedgerView> router = router(url, SERVERS.onReplica(url))) {
            awaitReason(router, Reason.IN_STEP);
            String head = "INSERT INTO cursors VALUES ('twice', 1, 1)";
            SERVERS.slave().sql(database, "SET sql_log_bin = 0; " + head);
            SERVERS.server().sql(database, head);
            assertThat(awaitReason(router, Reason.REPLAY_FAILED).detail()).contains("1062");
            SERVERS.slave().sql(database, "SET sql_log_bin = 0; DELETE FROM cursors; START REPLICA");
            awaitReason(router, Reason.IN_STEP);
        }
    }

    /** Whoever looks needs the right to see how the threads are; without it nobody is trusted. */
    @Test
    void withoutTheRightToSeeHowReplicationStands_aReplicaIsRefused() {
        StoreUrl url = ledger();
        String database = ((StoreUrl.MariaDb) url).database();
        SERVERS.server()
                .sql(
                        "",
                        "CREATE USER looker@'127.0.0.1' IDENTIFIED BY 'private'; GRANT SELECT ON " + database
                                + ".* TO looker@'127.0.0.1'");
        StoreUrl.MariaDb slave = (StoreUrl.MariaDb) SERVERS.onReplica(url);
        StoreUrl asLooker = new StoreUrl.MariaDb(
                slave.host(), slave.port(), database, "looker", slave.password(), slave.parameters());
        try (ReplicaRouter<LedgerView> router = router(url, asLooker)) {
            await(
                    "refused for a grant",
                    () -> router.replicas().getFirst().detail().contains("MONITOR"));
            assertThat(router.replicas().getFirst().reason()).isEqualTo(Reason.REFUSED);
            SERVERS.server().sql("", "GRANT SLAVE MONITOR ON *.* TO looker@'127.0.0.1'");
            awaitReason(router, Reason.IN_STEP);
        }
    }

    private static void follow(String setting) {
        SERVERS.slave().sql("", "STOP REPLICA; SET GLOBAL " + setting + "; START REPLICA");
    }

    private static void assertFiltered(ReplicaRouter<LedgerView> router, String told) {
        ReplicaStatus status = awaitReason(router, Reason.FILTERED);
        assertThat(status.detail()).contains(": " + told + ";");
        assertThat(status.state()).isEqualTo(ReplicaState.BROKEN);
        Routed<StoreUrl> routed =
                router.read(new ReadIntent.Bounded(Duration.ofHours(1)), Fallback.STALE, LedgerView::url);
        assertThat(routed.route().target()).isEqualTo(ReadRoute.Target.PRIMARY);
        assertThat(routed.route().reason()).isEqualTo(ReadRoute.Reason.REPLICA_BROKEN);
    }

    @Test
    void aReplicaWithAFilter_isNotRead_thoughItHasAllPositions() {
        StoreUrl url = ledger();
        String database = ((StoreUrl.MariaDb) url).database();
        try (ReplicaRouter<LedgerView> router = router(url, SERVERS.onReplica(url))) {
            awaitReason(router, Reason.IN_STEP);
            follow("replicate_ignore_table = '" + database + ".cursors'");
            SERVERS.server().sql(database, "INSERT INTO cursors VALUES ('lost', 1, 1)");
            await("all positions", () -> SERVERS.slave()
                    .sql("", "SELECT @@global.gtid_slave_pos")
                    .equals(SERVERS.server().sql("", "SELECT @@global.gtid_binlog_pos")));
            assertThat(SERVERS.slave().sql(database, "SELECT count(*) FROM cursors"))
                    .isEqualTo("0");
            assertFiltered(router, "Replicate_Ignore_Table = " + database + ".cursors");
        } finally {
            follow("replicate_ignore_table = ''");
        }
    }

    /** As the server spells them. */
    @Test
    void eachKindOfFilter_isNoticed_unlessItLetsTheWholeLedgerThrough() {
        StoreUrl url = ledger();
        String database = ((StoreUrl.MariaDb) url).database();
        try (ReplicaRouter<LedgerView> router = router(url, SERVERS.onReplica(url))) {
            assertOnly(router, "replicate_do_db", "", "elsewhere", "elsewhere," + database);
            assertOnly(router, "replicate_ignore_db", "", database, "elsewhere");
            assertOnly(router, "replicate_do_table", "", database + ".cursors", "");
            assertOnly(router, "replicate_ignore_table", "", database + ".events", "elsewhere.events");
            assertOnly(router, "replicate_wild_do_table", "", database + ".c%", "ledger%.%");
            assertOnly(router, "replicate_wild_ignore_table", "", database + ".e%", "elsewhere.%");
            assertOnly(router, "replicate_events_marked_for_skip", "REPLICATE", "FILTER_ON_SLAVE", "REPLICATE");
        }
    }

    private static void assertOnly(
            ReplicaRouter<LedgerView> router, String name, String none, String hiding, String letting) {
        try {
            follow(name + " = '" + hiding + "'");
            awaitReason(router, Reason.FILTERED);
            assertThat(router.replicas().getFirst().detail()).containsIgnoringCase(": " + name + " = " + hiding + ";");
            follow(name + " = '" + letting + "'");
            awaitReason(router, Reason.IN_STEP);
        } finally {
            follow(name + " = '" + none + "'");
        }
    }

    /** Replicas of it would reach all its positions, for there is nothing of the ledger in them. */
    @Test
    void aPrimaryThatLeavesTheLedgerOutOfItsLog_saysSoToWhoMayAsk() throws SQLException {
        try (PrivateMariaDb server = new PrivateMariaDb(List.of("log-bin=bin", "binlog-ignore-db=hidden"))) {
            server.start();
            StoreUrl.MariaDb hidden = (StoreUrl.MariaDb) StoreUrl.parse(server.createDatabase("hidden"));
            StoreUrl.MariaDb shown = (StoreUrl.MariaDb) StoreUrl.parse(server.createDatabase("shown"));
            for (StoreUrl url : List.of(hidden, shown)) {
                Ledgers.migrate(url, LedgerOptions.DEFAULTS);
            }
            assertThat(look(hidden).trouble())
                    .isEqualTo(new ServerLook.Trouble(Reason.FILTERED, "Binlog_Ignore_DB = hidden"));
            assertThat(look(shown).trouble()).isNull();
            server.sql(
                    "",
                    "CREATE USER looker@'127.0.0.1' IDENTIFIED BY 'private'; GRANT SELECT ON hidden.* TO looker@'127.0.0.1'");
            StoreUrl.MariaDb asLooker = new StoreUrl.MariaDb(
                    hidden.host(), hidden.port(), "hidden", "looker", hidden.password(), hidden.parameters());
            assertThat(look(asLooker).trouble()).isNull();
            server.sql("", "GRANT BINLOG MONITOR ON *.* TO looker@'127.0.0.1'");
            assertThat(look(asLooker).trouble()).isNotNull();
        }
    }

    /** The second of two, as a look is when the first was refused something. */
    private static ServerLook look(StoreUrl.MariaDb url) throws SQLException {
        try (MariaDbProbe probe =
                new MariaDbProbe(new MariaDbServer(url, LedgerOptions.DEFAULTS).probing(Duration.ofSeconds(10)))) {
            ServerLook first = probe.look();
            ServerLook second = probe.look();
            assertThat(second.trouble()).isEqualTo(first.trouble());
            return second;
        }
    }

    @Test
    void aPrimaryWithoutABinaryLog_provesNothing_andIsToldWhy() {
        StoreUrl url = SERVERS.alone();
        StoreUrl slave = ledger();
        try (ReplicaRouter<LedgerView> router = router(url, SERVERS.onReplica(slave))) {
            await("told", () -> router.replicas().getFirst().detail().contains("log_bin is off"));
            assertThat(router.replicas().getFirst().reason()).isEqualTo(Reason.NO_SAMPLES);
        }
    }
}
