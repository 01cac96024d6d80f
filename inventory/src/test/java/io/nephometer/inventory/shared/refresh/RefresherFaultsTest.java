// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.record.Amender;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.api.LoggedRequest;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a refresher makes of a Nova that is not well: nothing is emptied, and readers see why the age grows. */
class RefresherFaultsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Fault DOWN = new Fault.Status(503, null);

    @Test
    void novaDown_nothingVanishes_ageGrows_thenAllIsCaughtUp() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().faults().add(FaultRule.always(DOWN).on("nova"));
            cloud.cloud().operations().setMetadata(cloud.idle().id(), "metering.down", "v");
            List<Duration> ages = new ArrayList<>();
            for (int cycle = 1; cycle <= 10; cycle++) {
                assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.FAILED);
                assertThat(cloud.known(false)).hasSize(20);
                assertThat(cloud.record().failures()).isEqualTo(cycle);
                assertThat(cloud.record().outcome()).isEqualTo(Refresh.Outcome.FAILED);
                ages.add(cloud.age());
            }
            assertThat(ages).isSorted().doesNotHaveDuplicates();
            assertThat(ages.getLast()).isGreaterThanOrEqualTo(MINUTE.multipliedBy(10));
            cloud.cloud().faults().clear();
            assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
            assertThat(cloud.age()).isLessThan(TURN);
        }
    }

    /** What nobody foresaw must not end the chore that calls the refresher, nor be hidden. */
    @Test
    void aDefect_isAFailedTurn_andTheNextOneGoesOn() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            AtomicBoolean broken = new AtomicBoolean();
            GlobalRefresher refresher = cloud.refresher("one", RefresherOptions.DEFAULTS, (_, _) -> {
                if (broken.get()) {
                    throw new IllegalArgumentException("nobody foresaw this");
                }
                return () -> {};
            });
            refresher.run();
            broken.set(true);
            Turn failed = cloud.turn(refresher, MINUTE);
            assertThat(failed.state()).isEqualTo(Turn.State.FAILED);
            assertThat(failed.detail()).contains("a defect of the program", "nobody foresaw this");
            broken.set(false);
            assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
        }
    }

    @Test
    void novaDown_isAskedOncePerInterval() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().faults().add(FaultRule.always(DOWN).on("nova"));
            List<Turn> turns = cloud.run(refresher, MINUTE.multipliedBy(10));
            assertThat(turns).filteredOn(turn -> turn.record() != null).hasSize(10);
        }
    }

    @Test
    void novaDownAtFirst_fillsWhenItIsBack() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            cloud.cloud().faults().add(FaultRule.always(DOWN).on("nova"));
            assertThat(refresher.run().state()).isEqualTo(Turn.State.FAILED);
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.IDLE);
            assertThat(cloud.cache().head().isFilled()).isFalse();
            cloud.cloud().faults().clear();
            assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
        }
    }

    @Test
    void wrongPage_isNotTakenForTheEndOfTheList() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            GlobalRefresher refresher = cloud.refresher("one");
            cloud.cloud().faults().add(FaultRule.always(new Fault.WrongPage()).on("nova"));
            Turn turn = refresher.run();
            assertThat(turn.state()).isEqualTo(Turn.State.FAILED);
            assertThat(cloud.record().outcome()).isEqualTo(Refresh.Outcome.NOT_BELIEVED);
            assertThat(cloud.cache().head().isFilled()).isFalse();
            cloud.cloud().faults().clear();
            assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(false)).hasSize(2500);
        }
    }

    @Test
    void truncatedPage_isNotTakenAtAll() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().operations().rename(cloud.idle().id(), "renamed");
            Map<String, String> before = cloud.known(true);
            cloud.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.TruncatedBody()).on("nova"));
            assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.FAILED);
            assertThat(cloud.known(true)).isEqualTo(before);
        }
    }

    @Test
    void glanceDown_costsImagesAlone() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            cloud.cloud().faults().add(FaultRule.always(DOWN).on("glance"));
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.record().outcome()).isEqualTo(Refresh.Outcome.INCOMPLETE);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
            assertThat(cloud.cache().head().images()).isZero();
            cloud.cloud().faults().clear();
            assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.record().outcome()).isEqualTo(Refresh.Outcome.DONE);
            assertThat(cloud.cache().head().images()).isPositive();
        }
    }

    @Test
    void markerThatIsGoneBetweenTwoPages_isReplacedByOneBefore() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, DAY);
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.READING);
            Server marker = cloud.cloud().cloud().servers().get(999);
            cloud.cloud().operations().delete(marker.id());
            cloud.turn(refresher, MINUTE);
            cloud.cloud().advance(DAY.plus(MINUTE.multipliedBy(10))); // by now its row is archived, and is no marker
            assertThat(cloud.cloud().cloud().server(marker.id())).isEmpty();
            cloud.run(refresher, Duration.ofHours(1));
            assertThat(cloud.cloud().requests().last())
                    .extracting(LoggedRequest::status)
                    .contains(400);
            assertThat(cloud.record().wholes().nova()).isAfter(RefreshedCloud.START);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2499);
        }
    }

    @Test
    void pageThatCouldNotBeFilled_comesAgain() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, DAY);
            Server like = cloud.idle();
            cloud.cloud()
                    .operations()
                    .create(
                            like.user(),
                            "of a new flavor",
                            cloud.cloud().offers().createFlavor("new", 3, 3072, 30, 0, Map.of()),
                            like.image(),
                            cloud.cloud().cloud().hosts().getFirst(),
                            Map.of());
            cloud.cloud().faults().add(FaultRule.always(DOWN).on("nova").at("/flavors"));
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.FAILED);
            assertThat(cloud.record().kind()).isEqualTo(Refresh.Kind.FULL);
            cloud.cloud().faults().clear();
            cloud.run(refresher, Duration.ofHours(1));
            assertThat(cloud.record().wholes().nova()).isAfter(RefreshedCloud.START);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2501);
        }
    }

    @Test
    void clockOfTheCacheSetBack_everythingIsReadOnce_andNoAgeIsNegative() throws Exception {
        AtomicReference<Duration> set = new AtomicReference<>(Duration.ZERO);
        SimulatedClock novas = new SimulatedClock(RefreshedCloud.START);
        try (InProcessSharedCache cache =
                        new InProcessSharedCache(() -> novas.instant().plus(set.get()));
                RefreshedCloud cloud = new RefreshedCloud(2, 10, cache)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            set.set(Duration.ofHours(-2));
            Server server = cloud.cloud().cloud().servers().getFirst();
            cloud.cloud().operations().rename(server.id(), "since then");
            novas.advance(TURN);
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.record().kind()).isEqualTo(Refresh.Kind.FULL);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
            assertThat(cloud.record().tried()).isBefore(cache.head().now().plusSeconds(1));
            novas.advance(MINUTE);
            cloud.turn(refresher, MINUTE);
            assertThat(cloud.record().kind()).as("once").isEqualTo(Refresh.Kind.CHANGES);
        }
    }

    @Test
    void pageThatFailsAgainAndAgain_isAskedForAgain_andNotTheOthers() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(4, 600)) {
            GlobalRefresher refresher = cloud.refresher("one");
            FaultRule lists = FaultRule.always(DOWN).on("nova").at("/servers/detail");
            cloud.whileSlow(_ -> cloud.cloud().faults().add(lists));
            cloud.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.Slow(Duration.ofSeconds(1)))
                            .on("nova")
                            .at("/servers/detail")
                            .times(1));
            cloud.run(refresher, MINUTE.multipliedBy(5));
            assertThat(firstPages(cloud)).isEqualTo(1);
            cloud.cloud().faults().clear();
            cloud.run(refresher, MINUTE.multipliedBy(2));
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2400);
        }
    }

    private static long firstPages(RefreshedCloud cloud) {
        return cloud.cloud()
                .requests()
                .count(asked -> asked.path().endsWith("/servers/detail") && asked.kind() == QueryKind.FULL);
    }

    /** Instances that the cache knows and Nova does not, as if they had gone without a trace. */
    private static List<String> ghosts(RefreshedCloud cloud, int instances) throws Exception {
        io.nephometer.openstack.nova.Server like =
                cloud.held().values().iterator().next().server();
        List<Observation> told = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            told.add(new Observation.Answer(ghost("ghost-" + i, like), RefreshedCloud.START));
        }
        new Amender(cloud.cache(), cloud.cache()::amend).apply(told);
        return told.stream().map(Observation::id).toList();
    }

    private static io.nephometer.openstack.nova.Server ghost(String id, io.nephometer.openstack.nova.Server like) {
        return new io.nephometer.openstack.nova.Server(
                id,
                id,
                like.status(),
                like.projectId(),
                null,
                null,
                like.host(),
                null,
                null,
                null,
                null,
                null,
                like.flavor(),
                like.vmState(),
                null,
                null,
                null,
                null,
                null,
                null,
                like.created(),
                like.updated(),
                null,
                null,
                Map.of(),
                List.of());
    }

    @Test
    void fewThatAWholeReadingLacks_areAskedFor_andGone() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            List<String> ids = ghosts(cloud, 5);
            assertThat(cloud.held().keySet()).containsAll(ids);
            cloud.turn(refresher, MINUTE);
            assertThat(cloud.held().keySet()).as("changes-since does not tell").containsAll(ids);
            cloud.turn(refresher, DAY);
            cloud.cloud().requests().clear();
            cloud.turn(refresher, TURN);
            assertThat(cloud.asked(QueryKind.ITEM)).isEqualTo(5);
            assertThat(cloud.held().keySet()).doesNotContainAnyElementsOf(ids);
            assertThat(cloud.record().found().gone()).isEqualTo(5);
        }
    }

    @Test
    void manyThatAWholeReadingLacks_stayUntilASecondOneLacksThemToo() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            List<String> ids = ghosts(cloud, 40);
            assertThat(cloud.held().keySet()).containsAll(ids);
            cloud.turn(refresher, DAY);
            cloud.turn(refresher, TURN);
            assertThat(cloud.record().outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
            assertThat(cloud.held().keySet()).containsAll(ids);
            assertThat(cloud.asked(QueryKind.ITEM)).isZero();
            cloud.run(refresher, MINUTE.multipliedBy(11));
            assertThat(cloud.held().keySet()).doesNotContainAnyElementsOf(ids);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
        }
    }

    @Test
    void deletedServer_staysGone_whenItsCleanUpShowsItAgain() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            String id = cloud.idle().id();
            cloud.cloud().operations().delete(id);
            cloud.turn(refresher, MINUTE);
            assertThat(cloud.record().found().gone()).isEqualTo(1);
            long gone = 0;
            for (int cycle = 0; cycle < 10; cycle++) {
                cloud.turn(refresher, MINUTE);
                assertThat(cloud.held()).doesNotContainKey(id);
                gone += cloud.record().found().gone();
            }
            assertThat(gone).isZero();
        }
    }

    @Test
    void novasClockSet_everythingIsReadAgain_andNoChangeIsLost() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.run(refresher, MINUTE.multipliedBy(15));
            for (Duration skew : List.of(MINUTE.multipliedBy(-20), MINUTE.multipliedBy(20), Duration.ZERO)) {
                cloud.cloud().cloud().skewClock(skew);
                cloud.cloud().operations().setMetadata(cloud.idle().id(), "metering.skew", skew.toString());
                cloud.cloud().requests().clear();
                cloud.run(refresher, MINUTE.multipliedBy(11));
                assertThat(cloud.asked(QueryKind.FULL)).as("after %s", skew).isEqualTo(1);
                assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
                cloud.cloud().operations().rename(cloud.idle().id(), "renamed " + skew.abs());
                cloud.turn(refresher, MINUTE);
                assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
                assertThat(cloud.record().wholes().must()).isNull();
            }
        }
    }
}
