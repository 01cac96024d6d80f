// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.ExpectedCloud;
import io.nephometer.inventory.shared.OwnCache;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.simulator.SimulatedClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cloud whose Nova gets another public name: the space is adopted, and whoever runs goes on without a restart. */
class AdoptedSpaceTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(5);

    private final SimulatedClock clock = new SimulatedClock(RefreshedCloud.START);
    private final InProcessSharedCache space = new InProcessSharedCache(clock);

    private static RefresherOptions ofMany() {
        return RefresherOptions.DEFAULTS.ofMany();
    }

    /** As the role all, or collector and central in one, sees the space. */
    private OwnCache own() {
        return new OwnCache(space, new ExpectedCloud(null, true));
    }

    private static void rename(RefreshedCloud cloud) {
        cloud.cloud().publishNova(cloud.cloud().novaUrl().replace("127.0.0.1", "localhost"));
    }

    private String name() throws Exception {
        return String.valueOf(space.head().cloud());
    }

    private Turn turn(RefreshedCloud cloud, GlobalRefresher refresher, Duration after) {
        clock.advance(after);
        return cloud.turn(refresher, after);
    }

    @Test
    void whoRefreshes_goesOn_beforeTheSpaceIsAdopted_andAfterwards() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(1, 4, space)) {
            OwnCache own = own();
            GlobalRefresher refresher = cloud.refresher("one", own);
            refresher.run();
            String before = name();
            rename(cloud);
            assertThat(turn(cloud, refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);

            String after = before.replace("127.0.0.1", "localhost");
            assertThat(space.adopt(before, after)).contains(before);
            long asked = cloud.keystone();
            assertThat(turn(cloud, refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.keystone() - asked).as("a token, once").isEqualTo(1);
            own.wantRefresh("others of its process know it, too");
            assertThat(turn(cloud, refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.keystone() - asked).isEqualTo(1);
            assertThat(name()).isEqualTo(after);
        }
    }

    @Test
    void whoBeginsAfterTheChange_isRefused_untilTheSpaceIsAdopted() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(1, 4, space)) {
            GlobalRefresher first = cloud.refresher("first", own());
            first.run();
            String before = name();
            rename(cloud);
            GlobalRefresher second = cloud.refresher("second", own());
            Turn refused = turn(cloud, second, TURN);
            assertThat(refused.state()).isEqualTo(Turn.State.FAILED);
            assertThat(refused.detail()).contains(before, "localhost", "nephometer cache adopt");
            first.close();
            assertThat(turn(cloud, second, TURN).state()).isEqualTo(Turn.State.FAILED);
            assertThat(space.head().seat()).isNull();

            space.adopt(before, before.replace("127.0.0.1", "localhost"));
            assertThat(turn(cloud, second, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(turn(cloud, first, TURN).state()).isEqualTo(Turn.State.STANDBY);
        }
    }

    @Test
    void ofManyThatKnowTheFormerName_whoeverTakesTheSeatAsksAnew() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(1, 4, space)) {
            List<GlobalRefresher> some = List.of(agent(cloud, "one"), agent(cloud, "two"));
            for (GlobalRefresher each : some) {
                turn(cloud, each, TURN);
                each.close();
            }
            String before = name();
            rename(cloud);
            space.adopt(before, before.replace("127.0.0.1", "localhost"));
            long asked = cloud.keystone();
            turn(cloud, some.getFirst(), MINUTE);
            assertThat(turn(cloud, some.getLast(), TURN).state()).isEqualTo(Turn.State.STANDBY);
            assertThat(space.head().seat()).isEqualTo("one");
            assertThat(cloud.keystone() - asked).isEqualTo(1);
            some.getFirst().close();
            assertThat(turn(cloud, some.getLast(), MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
        }
    }

    private GlobalRefresher agent(RefreshedCloud cloud, String name) throws Exception {
        return cloud.refresher(name, ofMany(), (_, _) -> () -> {}, own());
    }

    @Test
    void adoptedForAnotherCloud_isLeft() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(1, 4, space)) {
            GlobalRefresher refresher = cloud.refresher("one", own());
            refresher.run();
            space.adopt(name(), "nova.other.example.org in Other");
            assertThat(turn(cloud, refresher, MINUTE).state()).isEqualTo(Turn.State.FAILED);
            assertThat(space.head().seat()).isNull();
            long asked = cloud.keystone();
            String record = space.head().refreshRecord();
            for (int i = 0; i < 100; i++) {
                assertThat(turn(cloud, refresher, MINUTE).state()).isEqualTo(Turn.State.FAILED);
            }
            assertThat(cloud.keystone()).as("Keystone has said so").isEqualTo(asked);
            assertThat(space.head().refreshRecord()).isEqualTo(record);
        }
    }

    @Test
    void adoptedByAMistakenName_staysAsItIs() throws Exception {
        space.takeSeat("one", "nova.example.org in RegionOne", MINUTE);
        assertThat(space.adopt("nova.example.com in RegionOne", "other")).contains("nova.example.org in RegionOne");
        assertThat(name()).isEqualTo("nova.example.org in RegionOne");
    }

    @Test
    void emptied_isOfTheNameThatKeystoneTellsNow() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(1, 4, space)) {
            GlobalRefresher refresher = cloud.refresher("one", own());
            refresher.run();
            turn(cloud, refresher, TURN);
            rename(cloud);
            space.empty();
            turn(cloud, refresher, TURN);
            assertThat(turn(cloud, refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(name()).startsWith("localhost");
        }
    }
}
