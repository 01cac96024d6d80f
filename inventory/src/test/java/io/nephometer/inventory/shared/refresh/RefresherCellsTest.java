// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A Nova that answers, and does not reach a cell: it leaves its instances out of lists of changes, and tells some by their id alone. */
class RefresherCellsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void cellDown_partialRecordsEraseNothing() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(4, 25, LifeRates.none(), options -> options.withCells(2))) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            Map<String, String> before = cloud.known(true);
            cloud.cloud().faults().downCells(Set.of(1));
            cloud.turn(refresher, DAY);
            long set = cloud.cache().head().set();
            assertThat(cloud.turn(refresher, TURN).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.cache().head().set()).isGreaterThan(set);
            assertThat(cloud.record().detail()).contains("does not reach a cell and tells 50 servers");
            assertThat(cloud.known(true)).isEqualTo(before).hasSize(100);
        }
    }

    @Test
    void cellDownAtFirst_itsInstancesComeSoonAfterItIsBack() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(4, 25, LifeRates.none(), options -> options.withCells(2))) {
            GlobalRefresher refresher = cloud.refresher("one");
            cloud.cloud().faults().downCells(Set.of(1));
            refresher.run();
            assertThat(cloud.known(false)).hasSize(50);
            cloud.cloud().faults().clear();
            cloud.run(refresher, MINUTE.multipliedBy(11));
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(100);
        }
    }

    @Test
    void cellThatGoesDownWithinAWholeReading_losesNothing_andASecondReadingConfirms() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500, LifeRates.none(), options -> options.withCells(2))) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, DAY);
            cloud.turn(refresher, TURN);
            cloud.cloud().faults().downCells(Set.of(1));
            for (int turn = 0; turn < 720 && cloud.record().kind() != Refresh.Kind.FULL; turn++) {
                cloud.turn(refresher, TURN);
            }
            assertThat(cloud.record().outcome()).isEqualTo(Refresh.Outcome.UNCONFIRMED);
            assertThat(cloud.known(false)).hasSize(2500);
            assertThat(missing(cloud)).isGreaterThan(32);
            cloud.cloud().faults().clear();
            cloud.run(refresher, MINUTE.multipliedBy(11));
            assertThat(missing(cloud)).isZero();
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2500);
        }
    }

    @Test
    void largeCellThatStaysDown_losesNothing_andIsReadSoonAfterItIsBack() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(4, 600, LifeRates.none(), options -> options.withCells(2))) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().faults().downCells(Set.of(1));
            cloud.run(refresher, DAY.plus(MINUTE.multipliedBy(90)));
            assertThat(cloud.known(false))
                    .as("Nova tells 1000 of the 1200 by their id alone")
                    .hasSize(2400);
            assertThat(missing(cloud)).isEqualTo(200);

            Server server = cloud.cloud().cloud().servers().stream()
                    .filter(one -> one.host() != null
                            && cloud.cloud().faults().isDown(one.host().cell()))
                    .findFirst()
                    .orElseThrow();
            cloud.cloud().operations().rename(server.id(), "meanwhile");
            cloud.run(refresher, MINUTE.multipliedBy(30));
            cloud.cloud().faults().clear();
            cloud.run(refresher, MINUTE.multipliedBy(11));
            assertThat(missing(cloud)).isZero();
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2400);
        }
    }

    private static long missing(RefreshedCloud cloud) throws Exception {
        return cloud.held().values().stream()
                .map(CachedInstance::missingSince)
                .filter(since -> since != null)
                .count();
    }
}
