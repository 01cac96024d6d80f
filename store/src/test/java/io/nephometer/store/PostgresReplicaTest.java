// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Event;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.CausalToken;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.Routed;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RoutingOptions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** About 25 s. */
@Tag("server")
class PostgresReplicaTest extends ReplicaContract {
    private static final RoutingOptions PATIENT =
            new RoutingOptions(Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofSeconds(30), 1_000);
    private static final PostgresReplication SERVERS = new PostgresReplication();

    PostgresReplicaTest() {
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

    /** Replay needs what a question still reads, and does not wait for it: the server cancels the question. */
    @Test
    void aQuestionThatReplayCancels_isAskedOnceElsewhere() {
        StoreUrl url = SERVERS.newLedger();
        settings("SET max_standby_streaming_delay = '100ms'");
        try (LedgerFixture fixture = LedgerFixture.open(url);
                ReplicaRouter<LedgerView> router = router(url)) {
            fixture.commit(converted(1));
            fixture.commit(converted(2));
            await("healthy", () -> router.replicas().getFirst().state() == ReplicaState.HEALTHY);
            CausalToken token = router.token().orElseThrow();
            await("there", () -> isThere(router, token));
            List<String> cancelled = new ArrayList<>();
            Routed<List<Event>> routed =
                    router.read(new ReadIntent.After(token), Fallback.PRIMARY, view -> events(view, url, cancelled));
            assertThat(cancelled).containsExactly("40001");
            assertThat(routed.route().target()).isEqualTo(ReadRoute.Target.PRIMARY);
            assertThat(routed.route().reason()).isEqualTo(ReadRoute.Reason.FAILED_THERE);
            assertThat(routed).isInstanceOfSatisfying(Routed.Answer.class, answer -> assertThat(answer.value())
                    .isEqualTo(fixture.events()));
        } finally {
            settings("RESET max_standby_streaming_delay");
        }
    }

    private static void settings(String change) {
        SERVERS.standby().sql("postgres", "ALTER SYSTEM " + change);
        SERVERS.standby().sql("postgres", "SELECT pg_reload_conf()");
    }

    private static ReplicaRouter<LedgerView> router(StoreUrl url) {
        ReplicaRouter<LedgerView> router = Ledgers.routed(
                        url,
                        () -> Ledgers.openReadOnly(url, LedgerOptions.DEFAULTS, WallClock.system()),
                        List.of(SERVERS.onReplica(url)),
                        LedgerOptions.DEFAULTS,
                        PATIENT,
                        WallClock.system())
                .router(WallClock.system(), Ticker.system(), RouterObserver.NONE);
        router.start();
        return router;
    }

    private static boolean isThere(ReplicaRouter<LedgerView> router, CausalToken token) {
        return router.read(new ReadIntent.After(token), Fallback.SKIP, LedgerView::url) instanceof Routed.Answer;
    }

    /** All events; on the replica something goes between the first and the last. */
    private static List<Event> events(LedgerView view, StoreUrl primary, List<String> cancelled) {
        List<Event> told = new ArrayList<>();
        boolean onReplica = !view.url().equals(primary);
        String schema = ((StoreUrl.Postgres) primary).parameters().getOrDefault("currentSchema", "public");
        try {
            view.reader().events(LedgerQuery.ALL, event -> {
                told.add(event);
                if (onReplica && told.size() == 1) {
                    removeWhatIsRead(schema);
                }
            });
            return told;
        } catch (LedgerException e) {
            cancelled.add(e.getCause() instanceof SQLException failure ? failure.getSQLState() : e.toString());
            throw e;
        }
    }

    /** A version of a row that the snapshot of the question may still need is gone for good on the primary. */
    private static void removeWhatIsRead(String schema) {
        SERVERS.server().sql("postgres", "UPDATE " + schema + ".log_head SET position = position");
        SERVERS.server().sql("postgres", "VACUUM " + schema + ".log_head");
        await(
                "the question is cancelled",
                () -> Long.parseLong(SERVERS.standby()
                                .sql("postgres", "SELECT sum(confl_snapshot) FROM pg_stat_database_conflicts"))
                        > 0);
    }
}
