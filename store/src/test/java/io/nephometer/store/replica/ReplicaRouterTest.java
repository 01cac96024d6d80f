// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import static io.nephometer.store.replica.FakeServer.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.ReadRoute.Reason;
import io.nephometer.store.replica.ReadRoute.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a server, with servers that are what a test says. */
class ReplicaRouterTest {
    private static final RoutingOptions OPTIONS = new RoutingOptions(seconds(30), seconds(1), seconds(2), 5);
    private static final ReadIntent RECENT = new ReadIntent.Bounded(seconds(10));

    private final ManualTicker ticker = new ManualTicker();
    private final FakeServer primary = new FakeServer("primary", false, ticker);
    private final FakeServer replica = new FakeServer("replica", true, ticker);
    private final FakeServer other = new FakeServer("other", true, ticker);
    private final ReplicaRouter<LedgerView> router = router(replica);

    private ReplicaRouter<LedgerView> router(FakeServer... replicas) {
        return new RouterParts<>(
                        primary.part(),
                        List.of(replicas).stream().map(FakeServer::part).toList(),
                        OPTIONS)
                .router(primary::clock, ticker, RouterObserver.NONE);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            ticker.advance(seconds(1));
            router.lookOnce();
        }
    }

    private Routed<String> read(ReadIntent intent, Fallback fallback) {
        return router.read(intent, fallback, FakeServer::whom);
    }

    private static @Nullable String whom(Routed<String> routed) {
        return routed instanceof Routed.Answer<String> answer ? answer.value() : null;
    }

    private ReplicaStatus status() {
        return router.replicas().getFirst();
    }

    @Test
    void withoutReplicas_thePrimaryAnswersEverything_andIsNotProbed() {
        ReplicaRouter<LedgerView> alone = router();
        alone.start();
        alone.lookOnce();
        Routed<String> routed = alone.read(RECENT, Fallback.SKIP, FakeServer::whom);
        assertThat(whom(routed)).isEqualTo("primary");
        assertThat(routed.route().reason()).isEqualTo(Reason.NO_REPLICA);
        assertThat(primary.looks).isZero();
        assertThat(alone.token()).isEmpty();
        alone.close();
    }

    @Test
    void aReplicaInStep_answersWhatMayBeOld_andSaysHowOld() {
        look(1);
        ticker.advance(seconds(3));
        Routed<String> routed = read(RECENT, Fallback.SKIP);
        assertThat(whom(routed)).isEqualTo("replica");
        assertThat(routed.route())
                .isEqualTo(new ReadRoute(
                        Target.REPLICA,
                        "replica",
                        "replica of today",
                        seconds(3),
                        primary.clock().minusSeconds(3),
                        Reason.PROVEN,
                        "in step"));
        assertThat(whom(read(ReadIntent.PRIMARY, Fallback.STALE))).isEqualTo("primary");
    }

    @Test
    void whatIsTooOld_falls_asTheReaderSays() {
        look(1);
        ticker.advance(seconds(11));
        assertThat(whom(read(RECENT, Fallback.PRIMARY))).isEqualTo("primary");
        assertThat(read(RECENT, Fallback.SKIP).route().reason()).isEqualTo(Reason.TOO_OLD);
        assertThat(whom(read(RECENT, Fallback.SKIP))).isNull();
        Routed<String> stale = read(RECENT, Fallback.STALE);
        assertThat(whom(stale)).isEqualTo("replica");
        assertThat(stale.route().isStale()).isTrue();
        assertThat(stale.route().staleness()).isEqualTo(seconds(11));
    }

    @Test
    void aFrozenReplica_neverReachesAWatermarkBehindIt_andAResumedOneDoes() {
        look(1);
        primary.place = 200;
        ReadIntent.Watermark wanted = new ReadIntent.Watermark(primary.clock().plusSeconds(2));
        look(5);
        assertThat(read(wanted, Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);
        replica.place = 200;
        look(1);
        assertThat(whom(read(wanted, Fallback.SKIP))).isEqualTo("replica");
    }

    @Test
    void afterAToken_theReplicaAnswersOnceItReplayedIt_askedAnewForThat() {
        look(1);
        primary.place = 300;
        CausalToken token = router.token().orElseThrow();
        assertThat(whom(read(new ReadIntent.After(token), Fallback.PRIMARY))).isEqualTo("primary");
        replica.place = 300;
        assertThat(whom(read(new ReadIntent.After(token), Fallback.PRIMARY))).isEqualTo("replica");
    }

    @Test
    void aTokenOfAnotherHistory_meansNothingToAReplica() {
        look(1);
        CausalToken token = router.token().orElseThrow();
        primary.history = "2";
        replica.history = "2";
        replica.place = 900;
        primary.place = 900;
        look(4);
        assertThat(status().state()).isEqualTo(ReplicaState.HEALTHY);
        assertThat(whom(read(new ReadIntent.After(token), Fallback.PRIMARY))).isEqualTo("primary");
    }

    @Test
    void afterAFailover_oldPositionsAreNotCompared_beforeTheReplicaIsAskedAnew() {
        look(1);
        primary.history = "2";
        primary.place = 50;
        assertThat(router.token()).isPresent();
        assertThat(read(RECENT, Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);
    }

    @Test
    void aPromotedReplica_isNotReadAtAll_alsoNotAsStale() {
        look(1);
        replica.follows = false;
        look(1);
        assertThat(status().reason()).isEqualTo(Finding.Reason.NOT_A_REPLICA);
        assertThat(whom(read(RECENT, Fallback.STALE))).isEqualTo("primary");
        assertThat(replica.reads).isZero();
    }

    @Test
    void theAddressOfThePrimary_isNoticed() {
        replica.follows = false;
        replica.identity = primary.identity;
        look(1);
        assertThat(status().reason()).isEqualTo(Finding.Reason.IS_THE_PRIMARY);
    }

    @Test
    void aReplicaOfAnotherCluster_isNoticed_andNeverRead() {
        replica.cluster = "another";
        look(1);
        assertThat(status().reason()).isEqualTo(Finding.Reason.OTHER_CLUSTER);
        assertThat(whom(read(RECENT, Fallback.STALE))).isEqualTo("primary");
    }

    @Test
    void aReplicaThatHasWhatThePrimaryNeverHad_isNoticed() {
        look(1);
        replica.place = 101;
        look(2);
        assertThat(status().reason()).isEqualTo(Finding.Reason.DIVERGED);
    }

    @Test
    void whileThePrimaryIsAway_staleReadsGoOn_andTheirAgeGrows() {
        look(1);
        primary.silence = "08006";
        primary.readFailure = "08006";
        look(100);
        assertThat(status().state()).isEqualTo(ReplicaState.LAGGING);
        assertThat(status().detail()).contains("the primary: it does not answer");
        Routed<String> stale = read(RECENT, Fallback.STALE);
        assertThat(whom(stale)).isEqualTo("replica");
        assertThat(stale.route().staleness()).isEqualTo(seconds(100));
        assertThatThrownBy(() -> read(RECENT, Fallback.PRIMARY)).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> read(ReadIntent.PRIMARY, Fallback.STALE)).isInstanceOf(LedgerException.class);
    }

    @Test
    void thePrimaryNeverAnswered_soNothingIsProven_andStaleReadsSayThat() {
        primary.silence = "08001";
        look(3);
        assertThat(status().state()).isEqualTo(ReplicaState.UNKNOWN);
        assertThat(read(RECENT, Fallback.SKIP).route().reason()).isEqualTo(Reason.NOT_PROVEN);
        Routed<String> stale = read(RECENT, Fallback.STALE);
        assertThat(stale.route().target()).isEqualTo(Target.STALE_REPLICA);
        assertThat(stale.route().staleness()).isNull();
    }

    @Test
    void heartbeats_sayWhatPositionsCannot_butNotWhoseReplicaItIs() {
        primary.silence = "08001";
        replica.beats = List.of(primary.clock(), primary.clock());
        look(1);
        assertThat(status().reason()).isEqualTo(Finding.Reason.UNCONFIRMED);
        assertThat(status().staleness()).isEqualTo(seconds(6)); // the margin of 5 s, and one since
        Routed<String> routed = read(RECENT, Fallback.STALE);
        assertThat(routed.route().target()).isEqualTo(Target.STALE_REPLICA);
        assertThat(routed.route().reason()).isEqualTo(Reason.UNCONFIRMED);
        primary.silence = null;
        look(1);
        assertThat(status().state())
                .as("the first answer of the primary is enough")
                .isEqualTo(ReplicaState.HEALTHY);
    }

    @Test
    void heartbeats_proveOfAConfirmedReplica_whatPositionsCannotAnyMore() {
        look(1);
        primary.silence = "08001";
        look(20);
        replica.beats = List.of(primary.clock(), primary.clock());
        look(1);
        assertThat(status().state()).isEqualTo(ReplicaState.HEALTHY);
        assertThat(status().staleness()).isEqualTo(seconds(6));
        assertThat(whom(read(RECENT, Fallback.SKIP))).isEqualTo("replica");
    }

    @ParameterizedTest
    @EnumSource(names = {"PAUSED", "NOT_RECEIVING", "REPLAY_FAILED"})
    void aReplicaThatWillNotCatchUpByItself_isBrokenOnceItIsTooOld(Finding.Reason reason) {
        replica.trouble = new ServerLook.Trouble(reason, "somebody stopped it");
        look(1);
        assertThat(status().state()).isEqualTo(ReplicaState.HEALTHY);
        primary.place = 200;
        look(33);
        assertThat(status().state()).isEqualTo(ReplicaState.BROKEN);
        assertThat(status().detail()).contains("somebody stopped it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "25006", "08006", "57P01", "28P01"})
    void aReadThatFailsOnAReplica_isAskedOnceElsewhere(String state) {
        ReplicaRouter<LedgerView> both = router(replica, other);
        both.lookOnce();
        replica.readFailure = state;
        other.readFailure = state;
        Routed<String> routed = both.read(RECENT, Fallback.PRIMARY, FakeServer::whom);
        assertThat(whom(routed)).isEqualTo("primary");
        assertThat(routed.route().reason()).isEqualTo(Reason.FAILED_THERE);
        other.readFailure = null;
        for (int i = 0; i < 4; i++) {
            assertThat(whom(both.read(RECENT, Fallback.SKIP, FakeServer::whom))).isEqualTo("other");
        }
        both.close();
    }

    /** How it stands is well all the time; it is tried again once a minute, and in use again when that goes well. */
    @ParameterizedTest
    @ValueSource(strings = {"42501", "42P01", "42703", "42S02", "42S22"})
    void aReplicaThatRefusesWhatIsRead_isRefused_andNotAskedAgainSoon(String state) {
        look(1);
        replica.readFailure = state;
        Routed<String> first = read(RECENT, Fallback.PRIMARY);
        assertThat(whom(first)).isEqualTo("primary");
        assertThat(first.route().reason()).isEqualTo(Reason.FAILED_THERE);
        for (int i = 0; i < 10; i++) {
            assertThat(whom(read(RECENT, Fallback.SKIP))).isNull();
            look(1);
        }
        assertThat(status().reason()).isEqualTo(Finding.Reason.REFUSED);
        assertThat(status().detail()).contains(state);
        assertThat(replica.reads).isEqualTo(1);
        look(60);
        assertThat(whom(read(RECENT, Fallback.SKIP))).isNull();
        assertThat(replica.reads).isEqualTo(2);
        replica.readFailure = null;
        look(70);
        assertThat(status().state()).isEqualTo(ReplicaState.HEALTHY);
        assertThat(whom(read(RECENT, Fallback.SKIP))).isEqualTo("replica");
    }

    @Test
    void aFailureOfTheQuestionItself_isTheReaders() {
        look(1);
        replica.readFailure = "22012";
        assertThatThrownBy(() -> read(RECENT, Fallback.PRIMARY)).isInstanceOf(LedgerException.class);
    }

    @Test
    void onceSomethingWasTold_aFailureIsNotHidden() {
        look(1);
        List<String> told = new ArrayList<>();
        assertThatThrownBy(() -> router.<String>list(
                        RECENT,
                        Fallback.PRIMARY,
                        (view, to) -> {
                            to.accept(FakeServer.whom(view));
                            replica.readFailure = "40001";
                            to.accept(FakeServer.whom(view));
                        },
                        told::add))
                .isInstanceOf(LedgerException.class);
        assertThat(told).containsExactly("replica");
    }

    @Test
    void threeReadsThatFindAServerGone_closeIt_withoutWaitingForTheNextLook() {
        look(1);
        replica.readFailure = "08006";
        for (int i = 0; i < 10; i++) {
            read(RECENT, Fallback.SKIP);
        }
        assertThat(status().state()).isEqualTo(ReplicaState.DOWN);
        assertThat(status().staleness()).as("nobody knows how it is now").isNull();
        assertThat(replica.reads).isEqualTo(3);
    }

    @Test
    void aDeadReplicaUnderLoad_costsThePrimaryNoMoreThanItsBudget() {
        look(1);
        replica.silence = "08006";
        replica.readFailure = "08006";
        int told = 0;
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 100; i++) {
                told += whom(read(RECENT, Fallback.PRIMARY)) == null ? 0 : 1;
            }
            look(1);
        }
        assertThat(primary.reads).isEqualTo(told).isEqualTo(20 * 5);
        assertThat(read(RECENT, Fallback.PRIMARY).route().reason()).isEqualTo(Reason.REPLICA_DOWN);
    }

    @Test
    void aLaggingReplica_servesThoseWhoTakeIt() {
        look(1);
        primary.place = 200;
        look(40);
        assertThat(status().state()).isEqualTo(ReplicaState.LAGGING);
        assertThat(whom(read(new ReadIntent.Bounded(seconds(60)), Fallback.SKIP)))
                .isEqualTo("replica");
        assertThat(read(RECENT, Fallback.SKIP).route().reason()).isEqualTo(Reason.TOO_OLD);
    }

    @Test
    void aDefectInLooking_isFound_andNeitherReadersNorTheNextLookSuffer() {
        look(1);
        replica.defect = new IllegalArgumentException("not a GTID: x");
        CausalToken token = new CausalToken("cluster", "1", new LogPosition.Lsn(900));
        assertThat(read(new ReadIntent.After(token), Fallback.SKIP)).isInstanceOf(Routed.NotNow.class);
        look(3);
        assertThat(status().state()).isEqualTo(ReplicaState.UNKNOWN);
        assertThat(status().reason()).isEqualTo(Finding.Reason.DEFECT);
        assertThat(status().detail()).contains("IllegalArgumentException: not a GTID: x");
        assertThat(status().staleness()).isNull();
        assertThat(whom(read(RECENT, Fallback.STALE))).isEqualTo("primary");
        replica.defect = null;
        look(3);
        assertThat(status().state()).isEqualTo(ReplicaState.HEALTHY);
    }

    @Test
    void aDefectInAskingThePrimary_makesTheReplicasOld_andIsTold() {
        look(1);
        primary.defect = new IllegalArgumentException("not a GTID: x");
        look(40);
        assertThat(router.primary().orElseThrow().trouble()).contains("defect", "not a GTID: x");
        assertThat(status().state()).isEqualTo(ReplicaState.LAGGING);
        assertThat(status().staleness()).isEqualTo(seconds(40));
    }

    /** Whatever keeps looks from ending: what was seen before then does not stand for ever. */
    @Test
    void aReplicaThatNobodyLooksAt_isUnknownAfterAWhile_andNotReadForAMomentThatIsLongProven() {
        look(1);
        ReadIntent.Watermark proven = new ReadIntent.Watermark(primary.clock());
        ticker.advance(OPTIONS.unwatched());
        assertThat(whom(read(proven, Fallback.SKIP))).isEqualTo("replica");
        ticker.advance(seconds(1));
        assertThat(whom(read(proven, Fallback.SKIP))).isNull();
        assertThat(whom(read(proven, Fallback.STALE))).isEqualTo("primary");
        assertThat(status().state()).isEqualTo(ReplicaState.UNKNOWN);
        assertThat(status().detail()).isEqualTo("no look at it has ended for 13 s; before that: in step");
        assertThat(router.watermark()).isEmpty();
        router.lookOnce();
        assertThat(whom(read(proven, Fallback.SKIP))).isEqualTo("replica");
    }
}
