// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.notifications.Published;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SimulatedLifeTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final Pattern TIMESTAMP = Pattern.compile("\\\\\"timestamp\\\\\":\\\\\"([^\\\\]+)");

    private static SimulatedCloud lively(long seed) {
        return new SimulatedCloud(SimulatedCloudOptions.of(new SimulatedClock(START), 4, 25)
                .withSeed(seed)
                .withRates(LifeRates.usual(12)));
    }

    private static List<Server> rows(SimulatedCloud cloud) {
        return cloud.cloud().ask(List::copyOf);
    }

    private static List<Published> live(SimulatedCloud cloud, Duration portion, int portions) {
        List<Published> events = new ArrayList<>();
        cloud.notifications().listen(events::add);
        for (int i = 0; i < portions; i++) {
            cloud.advance(portion);
        }
        return events;
    }

    @Test
    void sameSeedGivesTheSameLife() {
        SimulatedCloud one = lively(7);
        SimulatedCloud other = lively(7);

        assertThat(live(one, Duration.ofMinutes(1), 30)).isEqualTo(live(other, Duration.ofMinutes(1), 30));
        assertThat(rows(one)).isEqualTo(rows(other));
    }

    @Test
    void anotherSeedGivesAnotherLife() {
        SimulatedCloud one = lively(7);
        SimulatedCloud other = lively(8);

        assertThat(live(one, Duration.ofMinutes(1), 5)).isNotEqualTo(live(other, Duration.ofMinutes(1), 5));
    }

    @Test
    void portionsOfTimeMakeNoDifference() {
        SimulatedCloud one = lively(7);
        SimulatedCloud other = lively(7);

        assertThat(live(one, Duration.ofSeconds(7), 120)).isEqualTo(live(other, Duration.ofSeconds(420), 2));
        assertThat(rows(one)).isEqualTo(rows(other));
    }

    @Test
    void everyKindOfChangeHappensAndTheCloudKeepsItsSize() {
        SimulatedCloud cloud = lively(7);

        List<Published> events = live(cloud, Duration.ofHours(1), 2);

        assertThat(events.stream().map(Published::type).collect(Collectors.toSet()))
                .contains(
                        "compute.instance.create.end",
                        "compute.instance.delete.end",
                        "compute.instance.finish_resize.end",
                        "compute.instance.resize.confirm.end",
                        "compute.instance.live_migration._post.end",
                        "compute.instance.power_off.end",
                        "compute.instance.power_on.end",
                        "compute.instance.reboot.end",
                        "compute.instance.shelve_offload.end",
                        "compute.instance.unshelve.end",
                        "compute.instance.exists",
                        "compute.instance.update",
                        "image.delete");
        assertThat(cloud.cloud().serverCount()).isBetween(85, 115);
    }

    @Test
    void eventsAreInTheOrderOfTheirTimes() {
        assertThat(live(lively(7), Duration.ofMinutes(30), 1).stream().map(SimulatedLifeTest::timestamp))
                .isSorted()
                .hasSizeGreaterThan(500);
    }

    private static String timestamp(Published published) {
        Matcher matcher = TIMESTAMP.matcher(published.message().body().toText());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void nothingHappensWhileTheClockIsBehind() {
        SimulatedCloud cloud = lively(7);
        cloud.advance(Duration.ofMinutes(10));
        List<Server> before = rows(cloud);

        cloud.advance(Duration.ofMinutes(-10));
        cloud.advance(Duration.ofMinutes(9));

        assertThat(rows(cloud)).isEqualTo(before);
    }

    @Test
    void timeIsNotMovedOnAClockThatIsNotOurs() {
        SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(InstantSource.fixed(START), 1, 1));

        assertThatIllegalStateException()
                .isThrownBy(() -> cloud.advance(Duration.ofSeconds(1)))
                .withMessageContaining("step()");
    }
}
