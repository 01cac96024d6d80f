// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.FaultPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nova waits for a cell that is down in each of its answers: it is late, and not down. */
class CellTimeoutTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration CELL_TIMEOUT = FaultPlan.CELL_TIMEOUT;

    private static RefreshedCloud cloud() throws Exception {
        return new RefreshedCloud(4, 5, LifeRates.none(), options -> options.withCells(2));
    }

    private static ApiSettings waiting(Duration responseTimeout) {
        ApiSettings usual = ApiSettings.defaults();
        return new ApiSettings(
                usual.connectTimeout(),
                responseTimeout,
                usual.bodyTimeout(),
                1,
                usual.firstPause(),
                usual.longestPause(),
                usual.largestAnswer(),
                usual.budgetWait(),
                usual.budget(),
                usual.budgets());
    }

    /** Passes a little of real time, so that a client that would not wait at all is found out. */
    private static void await(CountDownLatch latch, Duration most) {
        try {
            boolean _ = latch.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void clientThatWaitsLonger_readsTheOtherCells_andLosesNothing() throws Exception {
        assertThat(ApiSettings.defaults().responseTimeout()).isGreaterThan(CELL_TIMEOUT);
        try (RefreshedCloud cloud = cloud()) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            Map<String, String> before = cloud.known(true);
            cloud.cloud().faults().downCells(Set.of(1), CELL_TIMEOUT);
            List<Duration> waits = new CopyOnWriteArrayList<>();
            cloud.whileSlow(wait -> {
                waits.add(wait);
                await(new CountDownLatch(1), Duration.ofMillis(100));
            });

            Server reached = cloud.cloud().cloud().servers().stream()
                    .filter(one -> one.host() != null && one.host().cell() == 0)
                    .findFirst()
                    .orElseThrow();
            cloud.cloud().operations().rename(reached.id(), "renamed");
            Turn turn = cloud.turn(refresher, MINUTE);
            assertThat(turn.state()).as(turn.detail()).isEqualTo(Turn.State.REFRESHED);
            assertThat(Objects.requireNonNull(cloud.held().get(reached.id()))
                            .server()
                            .name())
                    .isEqualTo("renamed");

            cloud.turn(refresher, Duration.ofDays(1));
            for (int i = 0; i < 6 && cloud.record().kind() != Refresh.Kind.FULL; i++) {
                cloud.turn(refresher, Duration.ofSeconds(5));
            }
            assertThat(cloud.record().kind())
                    .as("a whole reading, though each list of changes takes an interval")
                    .isEqualTo(Refresh.Kind.FULL);
            assertThat(cloud.record().failures()).isZero();
            assertThat(cloud.record().detail()).contains("does not reach a cell");
            assertThat(waits).isNotEmpty().containsOnly(CELL_TIMEOUT);
            assertThat(cloud.known(true).keySet()).isEqualTo(before.keySet()).hasSize(20);
        }
    }

    @Test
    void clientThatGivesUpBefore_takesItForANovaThatIsDown_andLosesNothing() throws Exception {
        try (RefreshedCloud cloud = cloud()) {
            cloud.settings(waiting(Duration.ofSeconds(2)));
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            Map<String, String> before = cloud.known(true);
            cloud.cloud().faults().downCells(Set.of(1), CELL_TIMEOUT);
            CountDownLatch gaveUp = new CountDownLatch(1);
            cloud.whileSlow(_ -> await(gaveUp, Duration.ofMinutes(1)));
            try {
                assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.FAILED);
            } finally {
                gaveUp.countDown();
            }
            assertThat(cloud.known(true)).isEqualTo(before).hasSize(20);
        }
    }
}
