// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.ExpectedCloud;
import io.nephometer.inventory.shared.ForeignCloudException;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.OwnCache;
import io.nephometer.inventory.shared.record.Amender;
import io.nephometer.inventory.shared.record.Observation;
import io.nephometer.inventory.shared.record.ServerField;
import io.nephometer.inventory.shared.record.Teller;
import io.nephometer.openstack.nova.Server;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Several refreshers, and others who write: one asks, the state is in the cache, and who lost the seat changes nothing. */
class RefresherSeatTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void ofTwo_oneAsks() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher one = cloud.refresher("one");
            GlobalRefresher two = cloud.refresher("two");
            one.run();
            for (int turn = 0; turn < 120; turn++) {
                assertThat(two.run().state()).isEqualTo(Turn.State.STANDBY);
                cloud.turn(one, TURN);
            }
            assertThat(cloud.asked(QueryKind.FULL)).isEqualTo(1);
            assertThat(cloud.asked(QueryKind.DELTA)).isEqualTo(10);
        }
    }

    @Test
    void afterTheDeathOfOne_theOtherGoesOn_withinALease() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            cloud.refresher("one").run();
            GlobalRefresher two = cloud.refresher("two");
            cloud.cloud().operations().rename(cloud.idle().id(), "renamed");
            cloud.run(two, MINUTE.plus(TURN));
            assertThat(cloud.asked(QueryKind.FULL)).isEqualTo(1);
            assertThat(cloud.record().by()).isEqualTo("two");
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
        }
    }

    @Test
    void twoCloudsInOneSpace_theSecondIsRefused_andSaysWhy() throws Exception {
        try (RefreshedCloud north = new RefreshedCloud(2, 10);
                RefreshedCloud south = new RefreshedCloud(2, 5)) {
            GlobalRefresher first = north.refresher("north");
            assertThat(first.run().state()).isEqualTo(Turn.State.REFRESHED);
            OwnCache shared = new OwnCache(north.cache(), new ExpectedCloud(null));
            GlobalRefresher second = south.refresher("south", shared);
            String held = String.valueOf(north.cache().head().cloud());
            for (boolean free : List.of(false, true)) {
                if (free) {
                    first.close();
                }
                Turn turn = second.run();
                assertThat(turn.state()).as("seat free: %s", free).isEqualTo(Turn.State.FAILED);
                assertThat(turn.detail()).contains(held, "this refresher asks the one at 127.0.0.1", "in RegionOne");
                assertThat(north.cache().head().seat()).isEqualTo(free ? null : "north");
            }
            assertThat(south.asked()).isZero();
            assertThatThrownBy(() -> shared.instances(List.of("any")))
                    .as("others of its process are told, too")
                    .isInstanceOf(ForeignCloudException.class);
            assertThat(north.known(true)).isEqualTo(north.truth(true)).hasSize(20);
        }
    }

    @Test
    void withoutKeystone_theSeatIsLeftToOthers_andKeystoneIsAskedOncePerInterval() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            cloud.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.Status(503, null)).on("keystone"));
            List<Turn> turns = cloud.run(refresher, MINUTE.multipliedBy(5).minus(TURN));
            assertThat(turns).extracting(Turn::state).containsOnly(Turn.State.FAILED);
            assertThat(cloud.cache().head().seat()).isNull();
            assertThat(cloud.keystone()).isBetween(5L, 5L * 6);
            cloud.cloud().faults().clear();
            cloud.turn(refresher, MINUTE);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
        }
    }

    @Test
    void whoCloses_givesTheSeatUp() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher one = cloud.refresher("one");
            one.run();
            one.close();
            assertThat(cloud.cache().head().seat()).isNull();
            assertThat(cloud.refresher("two").run().state()).isEqualTo(Turn.State.IDLE);
        }
    }

    @Test
    void restartInTheMiddleOfAWholeReading_theNextBeginsItAnew_readersSeeOneWholeSetOnly() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            GlobalRefresher one = cloud.refresher("one");
            one.run();
            long set = cloud.cache().head().set();
            cloud.turn(one, DAY);
            assertThat(cloud.turn(one, TURN).state()).isEqualTo(Turn.State.READING);
            GlobalRefresher two = cloud.refresher("two"); // the first was killed
            for (int turn = 0; turn < 900; turn++) {
                cloud.turn(two, TURN);
                assertThat(cloud.cache().head().isFilled()).isTrue();
            }
            assertThat(cloud.record().wholes().nova()).isAfter(RefreshedCloud.START.plus(DAY));
            assertThat(cloud.cache().head().set()).isGreaterThan(set);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2500);
        }
    }

    @Test
    void pausedPastItsLease_isRefused_andWritesNothing() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher one = cloud.refresher("one");
            GlobalRefresher two = cloud.refresher("two");
            one.run();
            String id = cloud.idle().id();
            cloud.cloud().operations().rename(id, "before the pause");
            cloud.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.Slow(Duration.ofSeconds(40)))
                            .on("nova")
                            .at("/servers/detail")
                            .times(1));
            List<Turn> others = new ArrayList<>();
            cloud.whileSlow(_ -> others.add(two.run()));
            Turn paused = cloud.turn(one, MINUTE);
            assertThat(others).extracting(Turn::state).containsExactly(Turn.State.REFRESHED);
            assertThat(paused.state()).isEqualTo(Turn.State.LOST);
            assertThat(cloud.cache().head().refusedWrites()).isPositive();
            assertThat(cloud.record().by()).isEqualTo("two");
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
            assertThat(one.run().state()).isEqualTo(Turn.State.STANDBY);
        }
    }

    @Test
    void slowAnswer_doesNotCostTheSeat() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            List<Runnable> beats = new ArrayList<>();
            GlobalRefresher one = cloud.refresher("one", RefresherOptions.DEFAULTS, (period, beat) -> {
                assertThat(period).isLessThan(RefresherOptions.DEFAULTS.lease());
                beats.add(beat);
                return beats::clear;
            });
            GlobalRefresher two = cloud.refresher("two");
            one.run();
            for (int i = 0; i < 4; i++) {
                cloud.cloud()
                        .faults()
                        .add(FaultRule.always(new Fault.Slow(Duration.ofSeconds(20 + i)))
                                .on("nova")
                                .at("/servers/detail")
                                .times(1));
            }
            cloud.whileSlow(_ -> {
                beats.forEach(Runnable::run);
                assertThat(two.run().state()).isEqualTo(Turn.State.STANDBY);
            });
            assertThat(cloud.turn(one, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(beats).as("ended with the turn").isEmpty();
        }
    }

    @Test
    void emptiedCache_isFilledAgain() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.empty();
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.LOST);
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
            assertThat(cloud.cache().head().images()).isPositive();
            assertThat(cloud.cache().head().flavors()).isPositive();
        }
    }

    @Test
    void emptiedWithinAWholeReading_isFilledAgain() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, DAY);
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.READING);
            cloud.empty();
            cloud.turn(refresher, TURN);
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.record().kind()).isEqualTo(Refresh.Kind.FULL);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2500);
        }
    }

    private static void event(RefreshedCloud cloud, String id, String name) throws Exception {
        Server known = Objects.requireNonNull(cloud.held().get(id)).server();
        Server told = new Server(
                id,
                name,
                known.status(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                known.metadata(),
                List.of());
        Instant at = cloud.cache().head().now();
        var endings = new Amender(cloud.cache(), cloud.cache()::amend)
                .apply(List.of(new Observation.Event(told, EnumSet.of(ServerField.NAME), at)));
        assertThat(endings).extracting(Amender.Ending::result).containsExactly(Amender.Result.APPLIED);
    }

    @Test
    void whatAnEventTellsDuringAWholeReading_isInTheNextSet() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, DAY);
            String read = cloud.cloud().cloud().servers().getFirst().id();
            String unread = cloud.cloud().cloud().servers().getLast().id();
            cloud.turn(refresher, TURN);
            long set = cloud.cache().head().set();
            cloud.cloud().advance(TURN);
            event(cloud, read, "told after its page");
            event(cloud, unread, "told before its page");
            cloud.run(refresher, Duration.ofHours(1));
            assertThat(cloud.cache().head().set()).isGreaterThan(set);
            // Of the first nothing later is known; of the second the page is later than the event, and says otherwise.
            assertThat(Objects.requireNonNull(cloud.held().get(read)).server().name())
                    .isEqualTo("told after its page");
            assertThat(Objects.requireNonNull(cloud.held().get(read)).by()).isEqualTo(Teller.EVENT);
            assertThat(Objects.requireNonNull(cloud.held().get(unread)).server().name())
                    .isNotEqualTo("told before its page");
        }
    }

    @Test
    void whatIsDeletedDuringAWholeReading_isNotInTheNextSet() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, DAY);
            String id = cloud.cloud().cloud().servers().getFirst().id();
            cloud.turn(refresher, TURN);
            assertThat(cloud.cache()
                            .amend(List.of(new Amendment.Delete(
                                    id,
                                    ((KnownInstance.Held) Objects.requireNonNull(cloud.cache()
                                                    .instances(List.of(id))
                                                    .get(id)))
                                            .entry()
                                            .revision(),
                                    cloud.cache().head().now()))))
                    .containsExactly(Amended.DONE);
            cloud.run(refresher, Duration.ofHours(1));
            assertThat(cloud.held()).doesNotContainKey(id).hasSize(2499);
        }
    }
}
