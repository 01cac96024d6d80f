// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.simulator.api.QueryKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was read of Nova is not read again because the cache is slow, or changes fast. */
class HinderedSwitchTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** With 1,500 instances: two pages. */
    private static RefreshedCloud cloud() throws Exception {
        return new RefreshedCloud(3, 500);
    }

    @Test
    void switchThatFails_isTriedAgain_andNoPageIsReadAgain() throws Exception {
        try (RefreshedCloud cloud = cloud()) {
            HinderedSwitch hindered = new HinderedSwitch(cloud.cache());
            GlobalRefresher refresher = cloud.refresher("one", hindered.cache());
            refresher.run();
            long first = cloud.cache().head().set();
            cloud.cloud().requests().clear();
            hindered.fail(5);
            cloud.turn(refresher, DAY);
            cloud.run(refresher, HOUR);
            assertThat(hindered.isOver()).isTrue();
            assertThat(cloud.asked(QueryKind.FULL)).isEqualTo(1);
            assertThat(cloud.cache().head().set()).isGreaterThan(first);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(1500);
        }
    }

    @Test
    void firstSetThatChangesAllTheTime_delaysTheSwitchAlone() throws Exception {
        try (RefreshedCloud cloud = cloud()) {
            HinderedSwitch hindered = new HinderedSwitch(cloud.cache());
            GlobalRefresher refresher = cloud.refresher("one", hindered.cache());
            refresher.run();
            cloud.cloud().requests().clear();
            hindered.change(500);
            cloud.turn(refresher, DAY);
            List<Turn> turns = cloud.run(refresher, HOUR);
            assertThat(hindered.isOver()).isTrue();
            assertThat(turns)
                    .extracting(Turn::state)
                    .doesNotContain(Turn.State.CACHE_AWAY, Turn.State.FAILED)
                    .contains(Turn.State.READING);
            assertThat(cloud.asked(QueryKind.FULL)).isEqualTo(1);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(1500);
        }
    }

    @Test
    void firstFill_isSwitchedToLater_withoutASecondReading() throws Exception {
        try (RefreshedCloud cloud = cloud()) {
            HinderedSwitch hindered = new HinderedSwitch(cloud.cache());
            GlobalRefresher refresher = cloud.refresher("one", hindered.cache());
            hindered.fail(2);
            assertThat(refresher.run().state()).isEqualTo(Turn.State.CACHE_AWAY);
            cloud.cloud().operations().rename(cloud.idle().id(), "meanwhile");
            cloud.run(refresher, MINUTE.multipliedBy(5));
            assertThat(hindered.isOver()).isTrue();
            assertThat(cloud.asked(QueryKind.FULL)).isEqualTo(1);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(1500);
        }
    }

    @Test
    void switchThatFailsForever_isNotTheOnlyThingThatIsTried() throws Exception {
        try (RefreshedCloud cloud = cloud()) {
            HinderedSwitch hindered = new HinderedSwitch(cloud.cache());
            GlobalRefresher refresher = cloud.refresher("one", hindered.cache());
            refresher.run();
            cloud.cloud().requests().clear();
            hindered.fail(15);
            cloud.turn(refresher, DAY);
            cloud.run(refresher, HOUR.multipliedBy(2));
            assertThat(cloud.asked(QueryKind.FULL))
                    .as("a second reading after ten failures")
                    .isEqualTo(2);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(1500);
        }
    }
}
