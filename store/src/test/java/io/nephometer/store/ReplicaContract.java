// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static io.nephometer.testkit.ledger.Messages.converted;
import static io.nephometer.testkit.ledger.Messages.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Event;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.commit.Engine;
import io.nephometer.store.commit.ReadSession;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.CausalToken;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.Finding;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReadRoute.Target;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.ReplicaStatus;
import io.nephometer.store.replica.Routed;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RoutingOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Real replication. Which server answered is proven by difference: the replica stands still, the primary goes on, and the answers
 * differ.
 */
@SuppressWarnings("NullAway.Init") // each test opens what it needs
abstract class ReplicaContract {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final RoutingOptions OFTEN =
            new RoutingOptions(Duration.ofSeconds(3), Duration.ofMillis(50), Duration.ofSeconds(2), 1_000);
    private static final RoutingOptions PATIENT =
            new RoutingOptions(Duration.ofHours(1), Duration.ofMillis(50), Duration.ofSeconds(2), 1_000);
    private static final ReadIntent OLD_IS_FINE = new ReadIntent.Bounded(Duration.ofHours(1));

    private final Replication servers;
    private StoreUrl url;
    private StoreUrl slave;
    private Ledger ledger;
    private ReplicaRouter<LedgerView> router;

    ReplicaContract(Replication servers) {
        this.servers = servers;
    }

    @BeforeEach
    void open() {
        url = servers.newLedger();
        slave = servers.onReplica(url);
        ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system());
        router = router(url, slave);
        awaitState(ReplicaState.HEALTHY);
    }

    @AfterEach
    void close() {
        router.close();
        ledger.close();
        servers.mend();
    }

    private static ReplicaRouter<LedgerView> router(StoreUrl primary, StoreUrl... slaves) {
        return router(WallClock.system(), primary, slaves);
    }

    private static ReplicaRouter<LedgerView> router(InstantSource clock, StoreUrl primary, StoreUrl... slaves) {
        return router(OFTEN, clock, primary, slaves);
    }

    private static ReplicaRouter<LedgerView> router(
            RoutingOptions options, InstantSource clock, StoreUrl primary, StoreUrl... slaves) {
        return router(LedgerOptions.DEFAULTS, options, clock, primary, slaves);
    }

    private static ReplicaRouter<LedgerView> router(
            LedgerOptions ledger, RoutingOptions options, InstantSource clock, StoreUrl primary, StoreUrl... slaves) {
        ReplicaRouter<LedgerView> router = Ledgers.routed(
                        primary,
                        () -> Ledgers.openReadOnly(primary, LedgerOptions.DEFAULTS, WallClock.system()),
                        List.of(slaves),
                        ledger,
                        options,
                        WallClock.system())
                .router(clock, Ticker.system(), RouterObserver.NONE);
        router.start();
        return router;
    }

    static void await(String what, BooleanSupplier holds) {
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

    private void awaitReason(ReplicaRouter<LedgerView> of, Finding.Reason reason) {
        await("noticed: " + reason, () -> of.replicas().getFirst().reason() == reason);
    }

    private Event commit(int n) {
        Event event =
                new Event(id(n), "x", Instant.parse("2026-11-22T01:00:00Z").plusSeconds(n), List.of(), null);
        assertThat(ledger.commit(new LedgerBatch("test", List.of(converted(event, "body " + n, List.of())))))
                .isInstanceOf(CommitOutcome.Committed.class);
        return event;
    }

    private Routed<List<Event>> read(ReadIntent intent, Fallback fallback) {
        return router.read(intent, fallback, ReplicaContract::events);
    }

    private static List<Event> events(LedgerView view) {
        List<Event> events = new ArrayList<>();
        view.reader().events(LedgerQuery.ALL, events::add);
        return events;
    }

    private void assertAnswered(Routed<List<Event>> routed, Target target, Event... events) {
        assertThat(routed.route().target()).isEqualTo(target);
        assertThat(routed.route().identity())
                .contains(target == Target.PRIMARY ? servers.primary() : servers.replica());
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

    private Instant primaryClock() {
        return Instant.ofEpochMilli(Long.parseLong(servers.clock()));
    }

    @Test
    void aFrozenReplica_answersOldWhereAllowed_andNothingWhereNot() {
        Event first = commit(1);
        assertAnswered(awaitFromReplica(router.token().orElseThrow()), Target.REPLICA, first);

        servers.pause();
        Event second = commit(2);
        assertAnswered(read(OLD_IS_FINE, Fallback.SKIP), Target.REPLICA, first);
        CausalToken token = router.token().orElseThrow();
        ReadIntent.Watermark moment = new ReadIntent.Watermark(primaryClock());

        assertAnswered(read(ReadIntent.PRIMARY, Fallback.SKIP), Target.PRIMARY, first, second);
        assertAnswered(read(new ReadIntent.After(token), Fallback.PRIMARY), Target.PRIMARY, first, second);
        assertThat(read(new ReadIntent.After(token), Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);
        assertThat(read(moment, Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);

        awaitReason(router, Finding.Reason.PAUSED);
        assertThat(read(OLD_IS_FINE, Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);
        assertAnswered(read(OLD_IS_FINE, Fallback.STALE), Target.STALE_REPLICA, first);

        servers.mend();
        assertAnswered(awaitFromReplica(token), Target.REPLICA, first, second);
        await("the gate opens", () -> read(moment, Fallback.SKIP) instanceof Routed.Answer);
        assertAnswered(read(moment, Fallback.SKIP), Target.REPLICA, first, second);
    }

    @Test
    void anIdlePrimary_doesNotMakeAReplicaOld_alsoNotAtTheBeginningOfALogFile() {
        servers.stir();
        Instant later = primaryClock().plusMillis(500);
        await("in step later", () -> read(new ReadIntent.Watermark(later), Fallback.SKIP) instanceof Routed.Answer);
        assertThat(status().state()).isEqualTo(ReplicaState.HEALTHY);
    }

    @Test
    void aReplicaThatReceivesNothing_isOldEvenIfItReplayedAllThatItHas() {
        servers.cut();
        Event missed = commit(1);
        awaitReason(router, Finding.Reason.NOT_RECEIVING);
        servers.mend();
        assertAnswered(awaitFromReplica(router.token().orElseThrow()), Target.REPLICA, missed);
    }

    @Test
    void aPrimaryThatHangs_makesTheReplicaOld_andStaleReadsGoOn() {
        Event event = commit(1);
        awaitFromReplica(router.token().orElseThrow());
        servers.freezePrimary();
        try {
            awaitState(ReplicaState.LAGGING);
            await("said", () -> status().detail().contains("the primary: it does not answer"));
            assertAnswered(
                    read(new ReadIntent.Bounded(Duration.ofMillis(900)), Fallback.STALE), Target.STALE_REPLICA, event);
        } finally {
            servers.thawPrimary();
        }
        awaitState(ReplicaState.HEALTHY);
    }

    @Test
    void aReplicaThatHangs_isLeft_andTheReaderGetsItsAnswerElsewhere() {
        Event event = commit(1);
        awaitFromReplica(router.token().orElseThrow());
        servers.freezeReplica();
        try {
            assertAnswered(read(OLD_IS_FINE, Fallback.PRIMARY), Target.PRIMARY, event);
            awaitReason(router, Finding.Reason.SILENT);
        } finally {
            servers.thawReplica();
        }
        awaitState(ReplicaState.HEALTHY);
    }

    /** Our own slow readers have taken what we may have of it. */
    @Test
    void aReplicaWhoseConnectionsWeAllUse_isBusy_andStaysHealthy() {
        Event event = commit(1);
        awaitFromReplica(router.token().orElseThrow());
        LedgerOptions one = withReaders(1);
        try (ReplicaRouter<LedgerView> narrow = router(one, OFTEN, WallClock.system(), url, slave)) {
            awaitReason(narrow, Finding.Reason.IN_STEP);
            List<Routed<List<Event>>> meanwhile = new ArrayList<>();
            Routed<Boolean> slow = narrow.<Event>list(
                    OLD_IS_FINE, Fallback.SKIP, (view, to) -> view.reader().events(LedgerQuery.ALL, to), _ -> {
                        for (Fallback fallback :
                                List.of(Fallback.SKIP, Fallback.SKIP, Fallback.SKIP, Fallback.PRIMARY)) {
                            meanwhile.add(narrow.read(OLD_IS_FINE, fallback, ReplicaContract::events));
                        }
                    });
            assertThat(slow).isInstanceOf(Routed.Answer.class);
            assertThat(meanwhile)
                    .extracting(routed -> routed.route().reason())
                    .containsOnly(ReadRoute.Reason.REPLICA_BUSY);
            assertAnswered(meanwhile.getLast(), Target.PRIMARY, event);
            assertThat(narrow.replicas().getFirst().state()).isEqualTo(ReplicaState.HEALTHY);
            assertAnswered(narrow.read(OLD_IS_FINE, Fallback.SKIP, ReplicaContract::events), Target.REPLICA, event);
        }
    }

    private static LedgerOptions withReaders(int readers) {
        LedgerOptions usual = LedgerOptions.DEFAULTS;
        return new LedgerOptions(
                usual.lockTimeout(),
                usual.statementTimeout(),
                usual.readTimeout(),
                usual.connectTimeout(),
                usual.writers(),
                readers,
                usual.maxMembers(),
                usual.probe());
    }

    /** Who starts while the primary is away goes by the times in the ledger; not if the clocks are not alike. */
    @Test
    void withoutAPrimaryThatAnswers_theTimesInTheLedgerSayHowOldAReplicaIs() {
        assertThatTimesSayHowOldItIs();
    }

    private void assertThatTimesSayHowOldItIs() {
        Event event = commit(1);
        awaitFromReplica(router.token().orElseThrow());
        servers.freezePrimary();
        InstantSource behind = () -> Instant.now().minusSeconds(60);
        try (ReplicaRouter<LedgerView> late = router(url, slave);
                ReplicaRouter<LedgerView> misled = router(behind, url, slave)) {
            await("proven", () -> late.replicas().getFirst().staleness() != null);
            Routed<List<Event>> routed = late.read(OLD_IS_FINE, Fallback.STALE, ReplicaContract::events);
            assertThat(routed).isInstanceOfSatisfying(Routed.Answer.class, answer -> assertThat(answer.value())
                    .isEqualTo(List.of(event)));
            assertThat(routed.route().identity()).contains(servers.replica());
            assertThat(routed.route().staleness()).isBetween(Duration.ofSeconds(5), LIMIT.multipliedBy(2));
            await("asked", () -> misled.replicas().getFirst().position() != null);
            assertThat(misled.replicas().getFirst().staleness()).isNull();
        } finally {
            servers.thawPrimary();
        }
    }

    @Test
    void zonesOfTheServers_andClocksUnlikeOurs_changeNothingOfWhatPositionsProve() {
        Event event = commit(1);
        awaitFromReplica(router.token().orElseThrow());
        servers.abroad();
        for (Duration off : List.of(Duration.ZERO, Duration.ofHours(5), Duration.ofHours(-5))) {
            try (ReplicaRouter<LedgerView> other = router(() -> Instant.now().plus(off), url, slave)) {
                awaitReason(other, Finding.Reason.IN_STEP);
                Routed<List<Event>> routed = other.read(
                        new ReadIntent.Watermark(primaryClock().minusSeconds(60)),
                        Fallback.SKIP,
                        ReplicaContract::events);
                assertAnswered(routed, Target.REPLICA, event);
                assertThat(other.watermark().orElseThrow()).isBeforeOrEqualTo(primaryClock());
            }
        }
    }

    /** It started while the primary was away, and may have been given the address of another site's replica. */
    @Test
    void aReplicaThatNobodyCouldCompareWithItsPrimary_isUnconfirmed_andAnswersOnlyWhoTakesThat() {
        Event event = commit(1);
        awaitFromReplica(router.token().orElseThrow());
        servers.freezePrimary();
        try (ReplicaRouter<LedgerView> late = router(PATIENT, WallClock.system(), url, slave)) {
            awaitReason(late, Finding.Reason.UNCONFIRMED);
            assertThat(late.replicas().getFirst().state()).isEqualTo(ReplicaState.UNKNOWN);
            Routed<List<Event>> refused = late.read(OLD_IS_FINE, Fallback.SKIP, ReplicaContract::events);
            assertThat(refused.route().reason()).isEqualTo(ReadRoute.Reason.UNCONFIRMED);
            assertThat(refused.route().target()).isEqualTo(Target.NOBODY);
            Routed<List<Event>> stale = late.read(OLD_IS_FINE, Fallback.STALE, ReplicaContract::events);
            assertAnswered(stale, Target.STALE_REPLICA, event);
            assertThat(stale.route().reason()).isEqualTo(ReadRoute.Reason.UNCONFIRMED);
            servers.thawPrimary();
            awaitReason(late, Finding.Reason.IN_STEP);
        } finally {
            servers.thawPrimary();
        }
    }

    /** Who starts while the primary is away has only times to go by. */
    @Test
    void inAnyZone_theTimesInTheLedgerSayHowOldAReplicaIs() {
        servers.abroad();
        assertThatTimesSayHowOldItIs();
    }

    @Test
    void aReplicaWhereTheAccountMayNotReadTheLedger_isRefused_thoughItIsInStep() {
        StoreUrl blind = servers.onReplica(servers.asBlind(url));
        Event event = commit(1);
        awaitFromReplica(router.token().orElseThrow());
        try (ReplicaRouter<LedgerView> other = router(url, blind)) {
            awaitReason(other, Finding.Reason.IN_STEP);
            assertAnswered(other.read(OLD_IS_FINE, Fallback.PRIMARY, ReplicaContract::events), Target.PRIMARY, event);
            assertThat(other.replicas().getFirst().reason()).isEqualTo(Finding.Reason.REFUSED);
            assertThat(other.replicas().getFirst().detail()).containsAnyOf("42501", "42000");
        }
    }

    /** The program was upgraded and with it the ledger on the primary; the replica has not come so far. */
    @Test
    void aReplicaThatLacksWhatThisProgramReads_isRefused() {
        Event event = commit(1);
        servers.rename(url, "events", "traits", "features");
        try (ReplicaRouter<LedgerView> other = router(PATIENT, WallClock.system(), url, slave)) {
            awaitReason(other, Finding.Reason.IN_STEP);
            CausalToken old = other.token().orElseThrow();
            await("the older state is there", () -> isThere(other, old));
            servers.pause();
            servers.rename(url, "events", "features", "traits");
            assertAnswered(other.read(OLD_IS_FINE, Fallback.PRIMARY, ReplicaContract::events), Target.PRIMARY, event);
            assertThat(other.replicas().getFirst().reason()).isEqualTo(Finding.Reason.REFUSED);
            assertThat(other.replicas().getFirst().detail()).containsAnyOf("42703", "42S22");
        }
    }

    private static boolean isThere(ReplicaRouter<LedgerView> router, CausalToken token) {
        return router.read(new ReadIntent.After(token), Fallback.SKIP, LedgerView::url) instanceof Routed.Answer;
    }

    private void assertNoticed(StoreUrl address, Finding.Reason reason) {
        assertNoticed(address, reason, "");
    }

    private void assertNoticed(StoreUrl address, Finding.Reason reason, String said) {
        try (ReplicaRouter<LedgerView> misled = router(url, address)) {
            awaitReason(misled, reason);
            assertThat(misled.replicas().getFirst().detail()).contains(said);
            assertThat(misled.read(OLD_IS_FINE, Fallback.PRIMARY, LedgerView::url))
                    .isInstanceOfSatisfying(Routed.Answer.class, answer -> assertThat(answer.value())
                            .isEqualTo(url));
        }
    }

    @Test
    void addressesThatAreNoReplicaOfThisLedger_areNoticed_andNeverRead() {
        assertNoticed(url, Finding.Reason.IS_THE_PRIMARY);
        assertNoticed(servers.alone(), Finding.Reason.NOT_A_REPLICA);
        assertNoticed(servers.onReplica(other()), Finding.Reason.OTHER_CLUSTER);
        assertNoticed(servers.nowhere(), Finding.Reason.REFUSED);
        assertNoticed(servers.withPassword(slave, "wrong"), Finding.Reason.REFUSED, servers.accessDenied());
        assertNoticed(servers.withPassword(elsewhere(), "p"), Finding.Reason.UNREACHABLE);
        assertNoticed(servers.foreign(), Finding.Reason.OTHER_CLUSTER);
    }

    /** Another ledger of the same primary, on the replica, too. */
    private StoreUrl other() {
        StoreUrl other = servers.newLedger();
        Ledgers.migrate(other, LedgerOptions.DEFAULTS);
        awaitFromReplica(router.token().orElseThrow());
        return other;
    }

    private StoreUrl elsewhere() {
        String kind = url instanceof StoreUrl.MariaDb ? "mariadb" : "postgresql";
        return StoreUrl.parse(kind + "://u:p@127.0.0.1:1/db");
    }

    @Test
    void aPromotedReplica_isLeftAtOnce() {
        Event event = commit(1);
        try (ReplicaRouter<LedgerView> other = router(url, servers.promoted(url))) {
            awaitReason(other, Finding.Reason.NOT_A_REPLICA);
            Routed<List<Event>> routed = other.read(OLD_IS_FINE, Fallback.STALE, ReplicaContract::events);
            assertAnswered(routed, Target.PRIMARY, event);
        }
    }

    /** The type knows no write; what is behind it refuses one, as does its session, on a server and for an account that could. */
    @Test
    void byAReadPort_nothingCanBeWritten() throws SQLException {
        assertThat(LedgerWriter.class.isAssignableFrom(LedgerView.class)).isFalse();
        Routed<CommitOutcome> tried = router.read(OLD_IS_FINE, Fallback.SKIP, view -> ((LedgerWriter) view)
                .commit(new LedgerBatch("test", List.of(converted(1)))));
        assertThat(tried).isInstanceOfSatisfying(Routed.Answer.class, answer -> assertThat(answer.value())
                .isInstanceOfSatisfying(CommitOutcome.Unavailable.class, outcome -> assertThat(outcome.cause())
                        .startsWith("25006")));
        assertThat(refusal(servers.readPort(url))).isEqualTo("25006");
        try (Ledger other = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system())) {
            assertThat(other.log().head()).isZero();
        }
    }

    private static String refusal(Engine port) throws SQLException {
        try (AutoCloseable _ = (AutoCloseable) port;
                ReadSession session = port.read();
                Statement statement = session.connection().createStatement()) {
            return "took " + statement.executeUpdate("UPDATE log_head SET position = 7");
        } catch (SQLException e) {
            return e.getSQLState();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** An account that may only look is enough, for looking how the server stands, too; and it may nothing else. */
    @Test
    void anAccountThatMayOnlyLook_isEnough() throws SQLException {
        Event event = commit(1);
        StoreUrl reader = servers.asReader(url);
        awaitFromReplica(router.token().orElseThrow());
        try (ReplicaRouter<LedgerView> looking = router(reader, servers.onReplica(reader))) {
            awaitReason(looking, Finding.Reason.IN_STEP);
            assertAnswered(looking.read(OLD_IS_FINE, Fallback.SKIP, ReplicaContract::events), Target.REPLICA, event);
        }
        try (LedgerConnections writing =
                        Ledgers.connections(reader, LedgerOptions.DEFAULTS, 1).orElseThrow();
                Connection connection = writing.source().getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("UPDATE log_head SET position = 7"))
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isIn("42501", "42000"));
        }
    }
}
