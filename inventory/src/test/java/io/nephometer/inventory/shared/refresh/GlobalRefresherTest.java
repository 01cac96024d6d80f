// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.Change;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.Flavor;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a refresher asks and finds in a cloud where all is well. */
class GlobalRefresherTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void firstFill_thenOneListOfChangesPerInterval() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 50)) {
            GlobalRefresher refresher = cloud.refresher("one");
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(100);
            assertThat(cloud.record().found().changed()).isEqualTo(100);
            assertThat(cloud.record().found().missed()).isEmpty();
            assertThat(cloud.record().microversion()).hasToString("2.93");
            assertThat(cloud.asked(QueryKind.FULL)).isEqualTo(1);
            cloud.cloud().requests().clear();
            List<Turn> turns = cloud.run(refresher, MINUTE.multipliedBy(10));
            assertThat(turns).filteredOn(turn -> turn.record() != null).hasSize(10);
            assertThat(cloud.asked(QueryKind.DELTA)).isEqualTo(10);
            assertThat(cloud.asked()).isEqualTo(10);
        }
    }

    @Test
    void firstFill_of2500_takesThreePages() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            assertThat(cloud.refresher("one").run().state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.asked(QueryKind.FULL) + cloud.asked(QueryKind.NEXT_PAGE))
                    .isEqualTo(3);
            assertThat(cloud.record().requests().listings()).isEqualTo(3);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2500);
        }
    }

    @Test
    void firstFill_withAFullLastPage_asksForTheEmptyOneBehindIt() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 1000)) {
            assertThat(cloud.refresher("one").run().state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.asked(QueryKind.FULL) + cloud.asked(QueryKind.NEXT_PAGE))
                    .isEqualTo(3);
            assertThat(cloud.known(false)).hasSize(2000);
        }
    }

    @Test
    void ofTwoChangesBetweenTwoLists_theLastIsKnown_andWhatWasBeforeBothUntilItsDate() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(1, 2)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            Server server = cloud.idle();
            Duration apart = Duration.ofSeconds(20);
            cloud.cloud().advance(apart);
            cloud.cloud().operations().rename(server.id(), "second");
            cloud.cloud().advance(apart);
            cloud.cloud().operations().rename(server.id(), "third");
            cloud.turn(refresher, apart);
            CachedInstance held = Objects.requireNonNull(cloud.held().get(server.id()));
            assertThat(held.at(RefreshedCloud.START.plusSeconds(39)).name())
                    .as("it was the second, which no list of changes ever had")
                    .isEqualTo(server.name());
            assertThat(held.at(RefreshedCloud.START.plusSeconds(40)).name()).isEqualTo("third");
            assertThat(held.since()).isBefore(RefreshedCloud.START.plusSeconds(20));
        }
    }

    @Test
    void livelyCloud_isFollowedIntervalByInterval_butForDeletedMetadata() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(3, 20, LifeRates.lively(), options -> options)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            for (int cycle = 0; cycle < 60; cycle++) {
                Turn turn = cloud.turn(refresher, MINUTE);
                assertThat(turn.state()).as(turn.detail()).isEqualTo(Turn.State.REFRESHED);
                assertThat(cloud.known(false)).isEqualTo(cloud.truth(false));
            }
            assertThat(refresher.report().changed()).isPositive();
            assertThat(refresher.report().gone()).isPositive();
            assertThat(cloud.asked(QueryKind.DELTA)).isEqualTo(60);
        }
    }

    @Test
    void deletedMetadataKey_isSeenByTheNextWholeReading() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, MINUTE.multipliedBy(5));
            Server server = cloud.idle();
            cloud.cloud()
                    .operations()
                    .unsetMetadata(
                            server.id(), server.metadata().keySet().iterator().next());
            cloud.turn(refresher, MINUTE);
            assertThat(cloud.known(true)).isNotEqualTo(cloud.truth(true));
            long before = cloud.cache().head().set();
            cloud.cloud().requests().clear();
            List<Turn> turns = List.of(cloud.turn(refresher, DAY), cloud.turn(refresher, Duration.ofSeconds(5)));
            assertThat(turns)
                    .extracting(
                            turn -> turn.record() == null ? null : turn.record().kind())
                    .containsExactly(Refresh.Kind.CHANGES, Refresh.Kind.FULL);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
            assertThat(cloud.cache().head().set()).isGreaterThan(before);
            assertThat(cloud.asked(QueryKind.FULL)).isEqualTo(1);
            assertThat(cloud.record().found().missed()).containsOnly(Map.entry(Change.METADATA, 1L));
        }
    }

    @Test
    void pagesOfAWholeReading_areSpreadOverTime_whileChangesGoOn() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.turn(refresher, DAY);
            long set = cloud.cache().head().set();
            cloud.cloud().requests().clear();
            List<Turn> turns = cloud.run(refresher, MINUTE.multipliedBy(30));
            assertThat(turns).extracting(Turn::state).contains(Turn.State.READING);
            assertThat(cloud.asked(QueryKind.FULL) + cloud.asked(QueryKind.NEXT_PAGE))
                    .isEqualTo(2);
            assertThat(cloud.asked(QueryKind.DELTA)).isEqualTo(30);
            assertThat(cloud.cache().head().set()).isEqualTo(set);
            cloud.run(refresher, MINUTE.multipliedBy(30));
            assertThat(cloud.asked(QueryKind.FULL) + cloud.asked(QueryKind.NEXT_PAGE))
                    .isEqualTo(3);
            assertThat(cloud.cache().head().set()).isGreaterThan(set);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
        }
    }

    @Test
    void instanceThatMoves_leavesOneHostForTheOther() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            Server server = cloud.idle();
            Host from = cloud.cloud().cloud().hosts().stream()
                    .filter(host -> host.equals(server.host()))
                    .findFirst()
                    .orElseThrow();
            Host to = cloud.cloud().cloud().hosts().stream()
                    .filter(host -> !host.equals(from))
                    .findFirst()
                    .orElseThrow();
            cloud.cloud().operations().liveMigrate(server.id(), to);
            cloud.turn(refresher, MINUTE);
            assertThat(cloud.on(from.name())).doesNotContainKey(server.id());
            assertThat(cloud.on(to.name())).containsKey(server.id());
        }
    }

    @Test
    void refreshThatIsWanted_comesAtOnce() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().operations().rename(cloud.idle().id(), "renamed");
            cloud.cache().wantRefresh("a test");
            assertThat(cloud.turn(refresher, Duration.ofSeconds(10)).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
            assertThat(cloud.cache().head().wanted()).isNull();
            assertThat(cloud.turn(refresher, Duration.ofSeconds(10)).state()).isEqualTo(Turn.State.IDLE);
        }
    }

    @Test
    void whatNoEventTold_isCountedByKind() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().operations().setMetadata(cloud.idle().id(), "metering.new", "v");
            cloud.cloud().advance(Duration.ofSeconds(50));
            String late = cloud.cloud().cloud().servers().getLast().id();
            cloud.cloud().operations().rename(late, "too young to be missed");
            cloud.turn(refresher, Duration.ofSeconds(10));
            assertThat(cloud.record().found().changed()).isEqualTo(2);
            assertThat(cloud.record().found().missed()).containsOnly(Map.entry(Change.METADATA, 1L));
        }
    }

    @Test
    void flavorsAndImages_areInTheCache() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            cloud.refresher("one").run();
            Set<String> images = new TreeSet<>();
            Set<String> flavors = new TreeSet<>();
            cloud.held().values().forEach(instance -> {
                images.add(String.valueOf(instance.server().imageId()));
                flavors.add(String.valueOf(
                        Objects.requireNonNull(instance.server().flavor()).id()));
            });
            assertThat(cloud.cache().catalog(CatalogShelf.IMAGES, images)).containsOnlyKeys(images);
            assertThat(cloud.cache().catalog(CatalogShelf.FLAVORS, flavors)).containsOnlyKeys(flavors);
        }
    }

    @Test
    void instanceOfAFlavorThatIsDeletedBeforeTheNextList_hasItsIdAllTheSame() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            Flavor going = cloud.cloud().cloud().flavors().getFirst();
            Flavor coming = cloud.cloud().offers().createFlavor("coming", 1, 512, 1, 0, Map.of());
            boot(cloud, going);
            boot(cloud, coming);
            cloud.cloud().offers().deleteFlavor(going.id());
            cloud.cloud().requests().clear();
            assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.cloud().requests().count(asked -> asked.path().contains("/flavors")))
                    .isEqualTo(1);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(22);
        }
    }

    private static void boot(RefreshedCloud cloud, Flavor flavor) {
        Server model = cloud.idle();
        cloud.cloud()
                .operations()
                .create(
                        cloud.cloud().cloud().directory().members().getFirst(),
                        "of-" + flavor.name(),
                        flavor,
                        model.image(),
                        Objects.requireNonNull(model.host()),
                        Map.of());
    }
}
