// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.LedgerBatch;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.Finding.Reason;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaStatus;
import io.nephometer.store.replica.Routed;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RoutingOptions;
import io.nephometer.testkit.servers.PrivateMariaDb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers whose clocks are minutes apart. A replica's age is never said to be less than it is. About 30 s. */
@Tag("server")
class MariaDbClockTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final RoutingOptions OFTEN =
            new RoutingOptions(Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofSeconds(2), 1_000);

    private static final PrivateMariaDb PRIMARY = PrivateMariaDb.primary().withOwnClock();
    private static final PrivateMariaDb REPLICA = PRIMARY.replica().withOwnClock();

    private static int ledgers;

    /** By our ticker, when what the replica lacks was committed at the latest. */
    private long committed;

    @BeforeAll
    static void startServers() {
        PRIMARY.start();
        REPLICA.start();
    }

    @AfterEach
    void mend() {
        PRIMARY.thaw();
        REPLICA.sql("", "START REPLICA");
    }

    @AfterAll
    static void endServers() {
        REPLICA.close();
        PRIMARY.close();
    }

    private static StoreUrl onReplica(StoreUrl url) {
        StoreUrl.MariaDb it = (StoreUrl.MariaDb) url;
        return new StoreUrl.MariaDb(
                it.host(), REPLICA.port(), it.database(), it.user(), it.password(), it.parameters());
    }

    private static ReplicaRouter<LedgerView> router(StoreUrl url) {
        ReplicaRouter<LedgerView> router = Ledgers.routed(
                        url,
                        () -> Ledgers.openReadOnly(url, LedgerOptions.DEFAULTS, WallClock.system()),
                        List.of(onReplica(url)),
                        LedgerOptions.DEFAULTS,
                        OFTEN,
                        WallClock.system())
                .router(WallClock.system(), Ticker.system(), RouterObserver.NONE);
        router.start();
        return router;
    }

    private static ReplicaStatus status(ReplicaRouter<LedgerView> router) {
        return router.replicas().getFirst();
    }

    private static void await(String what, BooleanSupplier holds) {
        long start = System.nanoTime();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(LIMIT.toNanos());
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void commit(Ledger ledger, int n) {
        assertThat(ledger.commit(new LedgerBatch("test", List.of(converted(n)))))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    /** For two seconds, as long as anything is said. */
    private void assertNeverBelowTheTruth(ReplicaRouter<LedgerView> router, boolean isSaid) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < Duration.ofSeconds(2).toNanos()) {
            Duration truth = Duration.ofNanos(System.nanoTime() - committed);
            Duration stated = status(router).staleness();
            if (isSaid) {
                assertThat(stated).isGreaterThanOrEqualTo(truth);
            } else {
                assertThat(stated).isNull();
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @ParameterizedTest
    @CsvSource({"300, 0", "-300, 0", "0, 300", "0, -300"})
    void howFarClocksAreApart_makesNoReplicaYounger(int primary, int replica) {
        PRIMARY.setClock(Duration.ofSeconds(primary));
        REPLICA.setClock(Duration.ofSeconds(replica));
        StoreUrl url = StoreUrl.parse(PRIMARY.createDatabase("ledger" + ++ledgers));
        try (Ledger ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system());
                ReplicaRouter<LedgerView> router = router(url)) {
            commit(ledger, 1);
            ReadIntent first = new ReadIntent.After(router.token().orElseThrow());
            await("there", () -> router.read(first, Fallback.SKIP, LedgerView::url) instanceof Routed.Answer);
            await("in step", () -> status(router).reason() == Reason.IN_STEP);

            REPLICA.sql("", "STOP REPLICA SQL_THREAD");
            commit(ledger, 2);
            committed = System.nanoTime();
            assertNeverBelowTheTruth(router, true);
            await("noticed", () -> status(router).reason() == Reason.PAUSED);
            assertThat(router.watermark()).as("of none that may be read").isEmpty();

            PRIMARY.freeze();
            assertNeverBelowTheTruth(router, true);
            assertThatTimesAreBelievedOnlyByAnHonestClock(url, replica);
        }
    }

    /** Of a process that never heard of the primary. Whoever wrote had our clock. */
    private void assertThatTimesAreBelievedOnlyByAnHonestClock(StoreUrl url, int replica) {
        try (ReplicaRouter<LedgerView> late = router(url)) {
            Reason expected = replica == 0 ? Reason.UNCONFIRMED : Reason.NO_SAMPLES;
            await(
                    "asked",
                    () -> status(late).position() != null
                            && late.primary().orElseThrow().trouble() != null);
            await("judged", () -> status(late).reason() == expected);
            assertNeverBelowTheTruth(late, replica == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"300, 0", "-300, 0"})
    void aMomentIsOfThePrimarysClock(int primary, int replica) {
        PRIMARY.setClock(Duration.ofSeconds(primary));
        REPLICA.setClock(Duration.ofSeconds(replica));
        StoreUrl url = StoreUrl.parse(PRIMARY.createDatabase("ledger" + ++ledgers));
        try (Ledger _ = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system());
                ReplicaRouter<LedgerView> router = router(url)) {
            Instant ours = Instant.now().plusSeconds(primary);
            ReadIntent moment = new ReadIntent.Watermark(ours.plusSeconds(1));
            await("there", () -> router.read(moment, Fallback.SKIP, LedgerView::url) instanceof Routed.Answer);
            assertThat(router.watermark().orElseThrow())
                    .isBeforeOrEqualTo(Instant.now().plusSeconds(primary).plusMillis(500));
        }
    }
}
