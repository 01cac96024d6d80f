// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Agents that refresh in turn: hundreds may, one does, and Keystone sees no more than that one. */
class RefresherCrowdTest {
    private static final int CROWD = 500;
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration LEASE = RefresherOptions.DEFAULTS.lease();

    private static List<GlobalRefresher> crowd(RefreshedCloud cloud) throws Exception {
        List<GlobalRefresher> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(cloud.refresher(
                    "agent-" + i, RefresherOptions.DEFAULTS.ofMany(), (_, _) -> () -> {}, cloud.cache()));
        }
        return crowd;
    }

    private static void turns(RefreshedCloud cloud, List<GlobalRefresher> crowd, Duration time) {
        for (long i = time.dividedBy(TURN); i > 0; i--) {
            cloud.cloud().advance(TURN);
            crowd.forEach(GlobalRefresher::run);
        }
    }

    @Test
    void whoeverWaits_asksKeystoneNothing() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            List<GlobalRefresher> crowd = crowd(cloud);
            crowd.getFirst().run();
            long one = cloud.keystone();
            assertThat(one).as("the log-in of the one that refreshes").isPositive();

            turns(cloud, crowd, Duration.ofMinutes(2));
            assertThat(cloud.keystone()).isEqualTo(one);
            assertThat(crowd.subList(1, CROWD))
                    .allMatch(waiting -> waiting.report().last().state() == Turn.State.STANDBY);

            turns(cloud, crowd.subList(1, CROWD), LEASE.plus(TURN));
            assertThat(cloud.cache().head().seat()).isEqualTo("agent-1");
            assertThat(cloud.keystone())
                    .as("its successor's, who found the seat free")
                    .isEqualTo(2 * one);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
        }
    }

    @Test
    void whileKeystoneIsDown_oneOfAllAsksIt_perLease() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            List<GlobalRefresher> crowd = crowd(cloud);
            cloud.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.Status(503, null)).on("keystone"));
            crowd.getFirst().run();
            long one = cloud.keystone();
            assertThat(one).as("an attempt, with its repetitions").isBetween(1L, 6L);

            turns(cloud, crowd, LEASE.multipliedBy(4).minus(TURN));
            assertThat(cloud.keystone()).isBetween(3 * one, 4 * one);

            cloud.cloud().faults().clear();
            turns(cloud, crowd, LEASE.multipliedBy(2));
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
        }
    }

    @Test
    void ofAnotherCloud_makesRoomAtOnce_andSaysSoFromThenOn() throws Exception {
        try (RefreshedCloud north = new RefreshedCloud(2, 10);
                RefreshedCloud south = new RefreshedCloud(2, 5)) {
            GlobalRefresher first = north.refresher("north");
            first.run();
            GlobalRefresher foreign =
                    south.refresher("south", RefresherOptions.DEFAULTS.ofMany(), (_, _) -> () -> {}, north.cache());
            assertThat(foreign.run().state()).isEqualTo(Turn.State.STANDBY);
            assertThat(south.keystone()).isZero();

            first.close();
            assertThat(foreign.run().state()).isEqualTo(Turn.State.FAILED);
            assertThat(north.cache().head().seat()).isNull();
            assertThat(first.run().state()).isEqualTo(Turn.State.IDLE);
            Turn later = foreign.run();
            assertThat(later.state()).as("it knows by now").isEqualTo(Turn.State.FAILED);
            assertThat(later.detail()).contains("shared_cache.space");
            assertThat(south.asked()).isZero();
        }
    }
}
