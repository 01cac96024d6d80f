// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Event;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.CausalToken;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.Finding;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReadRoute.Target;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.ReplicaStatus;
import io.nephometer.store.replica.Routed;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RoutingOptions;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real streaming replication. Which server answered is proven by difference: the replica stands still, the primary goes on, and the
 * answers differ. About 15 s.
 */
@Tag("server")
@SuppressWarnings("NullAway.Init") // each test opens what it needs
class PostgresReplicaTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final RoutingOptions OFTEN =
            new RoutingOptions(Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofSeconds(2), 1_000);
    private static final ReadIntent OLD_IS_FINE = new ReadIntent.Bounded(Duration.ofHours(1));

    private static final PrivatePostgres PRIMARY = new PrivatePostgres();
    private static final PrivatePostgres STANDBY = PRIMARY.standby();
    private static int schemas;

    private StoreUrl url;
    private StoreUrl slave;
    private LedgerFixture fixture;
    private ReplicaRouter router;

    @BeforeAll
    static void startServers() {
        PRIMARY.start();
        STANDBY.start();
    }

    @AfterAll
    static void endServers() {
        STANDBY.close();
        PRIMARY.close();
    }

    private void open(PrivatePostgres replica) {
        String name = "ledger" + ++schemas;
        PRIMARY.sql("postgres", "CREATE SCHEMA " + name);
        url = StoreUrl.parse(PRIMARY.url("postgres") + "?currentSchema=" + name);
        slave = StoreUrl.parse(replica.url("postgres") + "?currentSchema=" + name);
        fixture = LedgerFixture.open(url);
        router = router(url, slave);
    }

    private static ReplicaRouter router(StoreUrl primary, StoreUrl... slaves) {
        ReplicaRouter router = Ledgers.routed(
                        primary,
                        () -> Ledgers.openReadOnly(primary, LedgerOptions.DEFAULTS, WallClock.system()),
                        List.of(slaves),
                        LedgerOptions.DEFAULTS,
                        OFTEN,
                        WallClock.system())
                .router(WallClock.system(), Ticker.system(), RouterObserver.NONE);
        router.start();
        return router;
    }

    @AfterEach
    void close() {
        router.close();
        fixture.close();
    }

    private static void await(String what, BooleanSupplier holds) {
        long start = System.nanoTime();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(LIMIT.toNanos());
            LockSupport.parkNanos(10_000_000);
        }
    }

    private ReplicaStatus status() {
        return router.replicas().getFirst();
    }

    private void awaitState(ReplicaState state) {
        await("the replica is " + state, () -> status().state() == state);
    }

    private Event commit(int n) {
        Event event =
                new Event(id(n), "x", Instant.parse("2026-11-22T01:00:00Z").plusSeconds(n), List.of(), null);
        fixture.commit(converted(event, "body " + n, List.of()));
        return event;
    }

    private Routed<List<Event>> read(ReadIntent intent, Fallback fallback) {
        return router.read(intent, fallback, PostgresReplicaTest::events);
    }

    private static List<Event> events(LedgerView view) {
        List<Event> events = new ArrayList<>();
        view.reader().events(LedgerQuery.ALL, events::add);
        return events;
    }

    private static void assertAnswered(Routed<List<Event>> routed, Target target, PrivatePostgres by, Event... events) {
        assertThat(routed.route().target()).isEqualTo(target);
        assertThat(routed.route().identity()).startsWith("127.0.0.1:" + by.port() + " since ");
        assertThat(routed).isInstanceOfSatisfying(Routed.Answer.class, answer -> assertThat(answer.value())
                .isEqualTo(List.of(events)));
    }

    private Routed<List<Event>> awaitFromReplica(CausalToken token) {
        List<Routed<List<Event>>> last = new ArrayList<>();
        await("the replica has what was committed", () -> {
            last.clear();
            last.add(read(new ReadIntent.After(token), Fallback.SKIP));
            return last.getFirst() instanceof Routed.Answer;
        });
        return last.getFirst();
    }

    @Nested
    class WithAReplica {
        WithAReplica() {
            open(STANDBY);
            awaitState(ReplicaState.HEALTHY);
        }

        @AfterEach
        void resume() {
            STANDBY.sql("postgres", "SELECT pg_wal_replay_resume()");
        }

        @Test
        void aFrozenReplica_answersOldWhereAllowed_andNothingWhereNot() {
            Event first = commit(1);
            assertAnswered(awaitFromReplica(router.token().orElseThrow()), Target.REPLICA, STANDBY, first);

            STANDBY.sql("postgres", "SELECT pg_wal_replay_pause()");
            Event second = commit(2);
            CausalToken token = router.token().orElseThrow();
            ReadIntent.Watermark moment = new ReadIntent.Watermark(primaryClock());

            assertAnswered(read(OLD_IS_FINE, Fallback.SKIP), Target.REPLICA, STANDBY, first);
            assertAnswered(read(ReadIntent.PRIMARY, Fallback.SKIP), Target.PRIMARY, PRIMARY, first, second);
            assertAnswered(read(new ReadIntent.After(token), Fallback.PRIMARY), Target.PRIMARY, PRIMARY, first, second);
            assertThat(read(new ReadIntent.After(token), Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);
            assertThat(read(moment, Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);

            await("frozen", () -> status().reason() == Finding.Reason.PAUSED);
            assertThat(read(OLD_IS_FINE, Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);
            assertAnswered(read(OLD_IS_FINE, Fallback.STALE), Target.STALE_REPLICA, STANDBY, first);

            resume();
            assertAnswered(awaitFromReplica(token), Target.REPLICA, STANDBY, first, second);
            await("the gate opens", () -> read(moment, Fallback.SKIP) instanceof Routed.Answer);
            assertAnswered(read(moment, Fallback.SKIP), Target.REPLICA, STANDBY, first, second);
        }

        private Instant primaryClock() {
            return Instant.ofEpochMilli(Long.parseLong(
                    PRIMARY.sql("postgres", "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")));
        }

        @Test
        void anIdlePrimary_doesNotMakeAReplicaOld_alsoNotAtTheBeginningOfALogFile() {
            PRIMARY.sql("postgres", "SELECT pg_switch_wal()");
            Instant later = primaryClock().plusMillis(500);
            await("in step later", () -> read(new ReadIntent.Watermark(later), Fallback.SKIP) instanceof Routed.Answer);
            assertThat(status().state()).isEqualTo(ReplicaState.HEALTHY);
        }

        @Test
        void aReplicaThatReceivesNothing_isOldEvenIfItReplayedAllThatItHas() {
            String before = STANDBY.sql("postgres", "SHOW primary_conninfo");
            conninfo("");
            Event missed = commit(1);
            await("noticed", () -> status().reason() == Finding.Reason.NOT_RECEIVING);
            assertThat(STANDBY.sql("postgres", "SELECT pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn()"))
                    .as("what is often taken for health")
                    .isEqualTo("t");
            conninfo(before);
            assertAnswered(awaitFromReplica(router.token().orElseThrow()), Target.REPLICA, STANDBY, missed);
        }

        private void conninfo(String text) {
            STANDBY.sql("postgres", "ALTER SYSTEM SET primary_conninfo = '" + text.replace("'", "''") + "'");
            STANDBY.sql("postgres", "SELECT pg_reload_conf()");
        }

        @Test
        void aPrimaryThatHangs_makesTheReplicaOld_andStaleReadsGoOn() {
            Event event = commit(1);
            awaitFromReplica(router.token().orElseThrow());
            PRIMARY.freeze();
            try {
                awaitState(ReplicaState.LAGGING);
                await("said", () -> status().detail().contains("the primary: it does not answer"));
                assertAnswered(
                        read(new ReadIntent.Bounded(Duration.ofMillis(900)), Fallback.STALE),
                        Target.STALE_REPLICA,
                        STANDBY,
                        event);
            } finally {
                PRIMARY.thaw();
            }
            awaitState(ReplicaState.HEALTHY);
        }

        @Test
        void aReplicaThatHangs_isLeft_andTheReaderGetsItsAnswerElsewhere() {
            Event event = commit(1);
            awaitFromReplica(router.token().orElseThrow());
            STANDBY.freeze();
            try {
                assertAnswered(read(OLD_IS_FINE, Fallback.PRIMARY), Target.PRIMARY, PRIMARY, event);
                await("noticed", () -> status().reason() == Finding.Reason.SILENT);
            } finally {
                STANDBY.thaw();
            }
            awaitState(ReplicaState.HEALTHY);
        }
    }

    @Nested
    class Misfits {
        private void assertNoticed(StoreUrl address, Finding.Reason reason) {
            try (ReplicaRouter misled = router(url, address)) {
                await("noticed: " + reason, () -> misled.replicas().getFirst().reason() == reason);
                assertThat(misled.read(OLD_IS_FINE, Fallback.PRIMARY, LedgerView::url))
                        .isInstanceOfSatisfying(Routed.Answer.class, answer -> assertThat(answer.value())
                                .isEqualTo(url));
            }
        }

        @Test
        void addressesThatAreNoReplicaOfThisLedger_areNoticed_andNeverRead() {
            open(STANDBY);
            assertNoticed(url, Finding.Reason.IS_THE_PRIMARY);
            assertNoticed(StoreUrl.parse(SharedPostgres.newSchema()), Finding.Reason.NOT_A_REPLICA);
            assertNoticed(StoreUrl.parse(STANDBY.url("template1")), Finding.Reason.OTHER_CLUSTER);
            assertNoticed(StoreUrl.parse(STANDBY.url("nowhere")), Finding.Reason.REFUSED);
            assertNoticed(((StoreUrl.Postgres) slave).withPassword("wrong"), Finding.Reason.REFUSED);
            assertNoticed(StoreUrl.parse("postgresql://u:p@127.0.0.1:1/db"), Finding.Reason.UNREACHABLE);
        }

        @Test
        void aReplicaOfAnotherCluster_isNoticed() {
            open(STANDBY);
            try (PrivatePostgres foreign = SharedPostgres.cluster().standby()) {
                foreign.start();
                assertNoticed(StoreUrl.parse(foreign.url("postgres")), Finding.Reason.OTHER_CLUSTER);
            }
        }

        @Test
        void aPromotedReplica_isLeftAtOnce() {
            try (PrivatePostgres promoted = PRIMARY.standby()) {
                promoted.start();
                open(promoted);
                awaitState(ReplicaState.HEALTHY);
                promoted.sql("postgres", "SELECT pg_promote()");
                awaitState(ReplicaState.PROMOTED);
                assertThat(read(OLD_IS_FINE, Fallback.STALE).route().target()).isEqualTo(Target.PRIMARY);
            }
        }
    }
}
