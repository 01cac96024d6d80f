// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.simulator.api.QueryKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever does not know whether the second set is shown finds out from the cache, and goes on. */
class RefresherLostReplyTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void lostReplyToTheSwitch_doesNotEndWholeReadings() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            HinderedSwitch lossy = new HinderedSwitch(cloud.cache());
            GlobalRefresher refresher = cloud.refresher("one", lossy.cache());
            refresher.run();
            long first = cloud.cache().head().set();
            lossy.lose(1);
            cloud.turn(refresher, DAY);
            List<Turn> turns = cloud.run(refresher, HOUR);
            assertThat(lossy.isOver()).as("the reply was lost").isTrue();
            assertThat(turns)
                    .filteredOn(turn -> turn.state() == Turn.State.CACHE_AWAY)
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(cloud.asked(QueryKind.FULL))
                    .as("shown all the same, so not read again")
                    .isEqualTo(2);
            long second = cloud.cache().head().set();
            assertThat(second).isGreaterThan(first);
            cloud.turn(refresher, DAY);
            cloud.run(refresher, HOUR);
            assertThat(cloud.cache().head().set()).isGreaterThan(second);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
        }
    }
}
