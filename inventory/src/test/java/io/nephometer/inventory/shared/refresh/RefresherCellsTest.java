// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Nova that answers, and does not reach a cell: it leaves its instances out of lists of changes, and tells some by their id alone. */
class RefresherCellsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Pattern SINCE = Pattern.compile("changes-since=([^&]+)");

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

    @ParameterizedTest
    @ValueSource(ints = {5, 30, 120})
    void cellThatIsDownBetweenTwoWholeReadings_hidesNothingOnceItIsBack(int minutes) throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(4, 25, LifeRates.none(), options -> options.withCells(2))) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.run(refresher, MINUTE.multipliedBy(25));
            cloud.cloud().faults().downCells(Set.of(1));
            List<Server> hidden = cloud.cloud().cloud().servers().stream()
                    .filter(one -> one.host() != null
                            && cloud.cloud().faults().isDown(one.host().cell()))
                    .limit(2)
                    .toList();
            cloud.run(refresher, MINUTE);
            cloud.cloud().operations().rename(hidden.getFirst().id(), "meanwhile");
            cloud.run(refresher, MINUTE.multipliedBy(minutes - 1L));
            if (minutes > 10) {
                assertThat(cloud.record().detail()).contains("does not reach the cells of 2 hosts");
                assertThat(unreached(cloud)).isEqualTo(2);
            }
            cloud.cloud().faults().clear();
            cloud.cloud().requests().clear();
            cloud.run(refresher, MINUTE.multipliedBy(11));
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(100);
            assertThat(unreached(cloud)).isZero();
            assertThat(cloud.asked(QueryKind.FULL)).as("no whole reading").isZero();
            assertThat(cloud.asked(QueryKind.DELTA)).isEqualTo(11);
            assertThat(services(cloud)).isBetween(1L, 2L);
        }
    }

    @Test
    void besideACellThatStaysDown_theOutageOfAnotherHidesNothing() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(6, 10, LifeRates.none(), options -> options.withCells(3))) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().faults().downCells(Set.of(1));
            cloud.run(refresher, MINUTE.multipliedBy(22));

            cloud.cloud().faults().downCells(Set.of(1, 2));
            Server hidden = of(cloud, 2);
            cloud.cloud().operations().rename(hidden.id(), "while another cell was down, too");
            cloud.run(refresher, MINUTE.multipliedBy(5));
            cloud.cloud().faults().downCells(Set.of(1));
            cloud.run(refresher, MINUTE);
            assertThat(name(cloud, hidden)).as("left out silently").isNotEqualTo("while another cell was down, too");

            cloud.run(refresher, MINUTE.multipliedBy(10));
            assertThat(name(cloud, hidden)).isEqualTo("while another cell was down, too");
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(60);
        }
    }

    @Test
    void cellThatIsBack_whileAnotherOfTheSameSizeIsDown_hidesNothing() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(6, 10, LifeRates.none(), options -> options.withCells(3))) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().faults().downCells(Set.of(1));
            Server hidden = of(cloud, 1);
            cloud.cloud().operations().rename(hidden.id(), "meanwhile");
            cloud.run(refresher, MINUTE.multipliedBy(25));

            cloud.cloud().faults().downCells(Set.of(2));
            cloud.run(refresher, MINUTE.multipliedBy(11));
            assertThat(unreached(cloud)).as("as many as before").isEqualTo(2);
            assertThat(name(cloud, hidden)).isEqualTo("meanwhile");
        }
    }

    @Test
    void besideACellThatStaysDown_oneThatComesAndGoes_bringsUpNothingOfBefore() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(6, 10, LifeRates.none(), options -> options.withCells(3))) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud().faults().downCells(Set.of(1));
            cloud.run(refresher, MINUTE.multipliedBy(12));
            Server longAgo = of(cloud, 1);
            cloud.cloud().operations().rename(longAgo.id(), "long ago");
            cloud.run(refresher, MINUTE.multipliedBy(60));
            for (int fall = 0; fall < 4; fall++) {
                Instant fell = cloud.cache().head().now();
                cloud.cloud().faults().downCells(Set.of(1, 2));
                Server hidden = of(cloud, 2);
                cloud.cloud().operations().rename(hidden.id(), "fall " + fall);
                cloud.run(refresher, MINUTE.multipliedBy(11));
                cloud.cloud().faults().downCells(Set.of(1));
                cloud.cloud().requests().clear();
                cloud.run(refresher, MINUTE.multipliedBy(11));
                assertThat(name(cloud, hidden)).isEqualTo("fall " + fall);
                assertThat(earliest(cloud)).isAfter(fell.minus(MINUTE.multipliedBy(15)));
            }
            cloud.cloud().faults().clear();
            cloud.run(refresher, MINUTE.multipliedBy(11));
            assertThat(name(cloud, longAgo)).isEqualTo("long ago");
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(60);
            assertThat(cloud.asked(QueryKind.FULL)).isZero();
        }
    }

    @Test
    void afterAChangeOfTheSeat_whatWasHiddenIsFound_thoughNobodyKnowsWhichCellFellWhen() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(6, 10, LifeRates.none(), options -> options.withCells(3))) {
            GlobalRefresher first = cloud.refresher("first");
            first.run();
            cloud.cloud().faults().downCells(Set.of(1));
            Server hidden = of(cloud, 1);
            cloud.cloud().operations().rename(hidden.id(), "meanwhile");
            cloud.run(first, MINUTE.multipliedBy(25));
            cloud.cloud().faults().downCells(Set.of(1, 2));
            cloud.run(first, MINUTE.multipliedBy(11));
            first.close();
            cloud.cloud().faults().downCells(Set.of(2));
            cloud.run(cloud.refresher("second"), MINUTE.multipliedBy(12));
            assertThat(name(cloud, hidden)).isEqualTo("meanwhile");
        }
    }

    /** Since when changes were asked for at the earliest. */
    private static Instant earliest(RefreshedCloud cloud) {
        return cloud.cloud().requests().last().stream()
                .map(asked -> SINCE.matcher(URLDecoder.decode(asked.target(), StandardCharsets.UTF_8)))
                .filter(Matcher::find)
                .map(found -> Instant.parse(found.group(1)))
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static Server of(RefreshedCloud cloud, int cell) {
        return cloud.cloud().cloud().servers().stream()
                .filter(one -> one.host() != null && one.host().cell() == cell)
                .findFirst()
                .orElseThrow();
    }

    private static String name(RefreshedCloud cloud, Server server) throws Exception {
        return String.valueOf(
                Objects.requireNonNull(cloud.held().get(server.id())).server().name());
    }

    @Test
    void novaThatDoesNotTell_isAskedNoMoreOften_andChangesGoOn() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10)) {
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            cloud.cloud()
                    .faults()
                    .add(FaultRule.always(new Fault.Status(403, null))
                            .on("nova")
                            .at("/os-services"));
            cloud.cloud().requests().clear();
            for (int i = 0; i < 40; i++) {
                cloud.cloud().operations().rename(cloud.idle().id(), "renamed " + i);
                assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
                assertThat(cloud.known(true)).isEqualTo(cloud.truth(true));
            }
            assertThat(services(cloud)).isBetween(3L, 4L);
        }
    }

    private static long unreached(RefreshedCloud cloud) throws Exception {
        return Objects.requireNonNull(cloud.record().cells()).unreached();
    }

    private static long services(RefreshedCloud cloud) {
        return cloud.cloud().requests().count(asked -> asked.path().endsWith("/os-services"));
    }

    private static long missing(RefreshedCloud cloud) throws Exception {
        return cloud.held().values().stream()
                .map(CachedInstance::missingSince)
                .filter(since -> since != null)
                .count();
    }
}
