// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.feed.FeedObserver;
import io.nephometer.inventory.shared.feed.FeedOptions;
import io.nephometer.inventory.shared.feed.InstanceEvent;
import io.nephometer.inventory.shared.feed.InstanceEvents;
import io.nephometer.inventory.shared.feed.NotificationFeed;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.simulator.cloud.Flavor;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.simulator.notifications.NotificationFormat;
import io.nephometer.simulator.notifications.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flavor that was there for a minute: no list has its id, only notifications told it. */
class GoneFlavorTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final FeedOptions PATIENT = new FeedOptions(Duration.ofMinutes(1), Duration.ZERO);

    @ParameterizedTest
    @EnumSource(NotificationFormat.class)
    void idOfAFlavorThatNovaListsNoMore_stays_whoeverTellsTheInstanceAfterwards(NotificationFormat format)
            throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(1, 4)) {
            List<InstanceEvent> heard = hear(cloud, format);
            NotificationFeed feed = new NotificationFeed(cloud.cache(), PATIENT, () -> 0, FeedObserver.none());
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            Server known = cloud.idle();
            Flavor gone = cloud.cloud().offers().createFlavor("gone", 2, 512, 1, 1, Map.of("hw:a", "b"));
            String id = create(cloud, known, gone);
            cloud.cloud().operations().resize(known.id(), gone, Objects.requireNonNull(known.host()));
            cloud.cloud().advance(MINUTE.multipliedBy(2));
            cloud.cloud().offers().deleteFlavor(gone.id());

            feed.tell(List.copyOf(heard));
            assertThat(flavors(cloud)).containsEntry(id, gone.id()).containsEntry(known.id(), gone.id());

            assertThat(cloud.turn(refresher, MINUTE).state()).isEqualTo(Turn.State.REFRESHED);
            assertEmbedded(cloud, id, gone);
            assertEmbedded(cloud, known.id(), gone);

            cloud.cloud().operations().rename(id, "renamed");
            cloud.turn(refresher, MINUTE);
            feed.tell(List.copyOf(heard));
            assertEmbedded(cloud, id, gone);

            cloud.turn(refresher, DAY.plus(MINUTE.multipliedBy(5)));
            cloud.run(refresher, MINUTE);
            assertThat(cloud.record().wholes().begun()).isAfter(RefreshedCloud.START.plus(DAY));
            assertEmbedded(cloud, id, gone);
            assertEmbedded(cloud, known.id(), gone);
            assertThat(cloud.record().outcome()).isEqualTo(Refresh.Outcome.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource(NotificationFormat.class)
    void idOfAnotherFlavor_isNotKept_whetherOrNotTheResizeIsHeardOf(NotificationFormat format) throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(1, 4)) {
            List<InstanceEvent> heard = hear(cloud, format);
            NotificationFeed feed = new NotificationFeed(cloud.cache(), PATIENT, () -> 0, FeedObserver.none());
            GlobalRefresher refresher = cloud.refresher("one");
            refresher.run();
            Server known = cloud.idle();
            Flavor before = known.flavor();
            Flavor gone = cloud.cloud().offers().createFlavor("gone", 2, 512, 1, 1, Map.of());
            String id = create(cloud, known, gone);
            cloud.cloud().advance(MINUTE);
            feed.tell(List.copyOf(heard));
            cloud.turn(refresher, MINUTE);
            assertEmbedded(cloud, id, gone);

            cloud.cloud().operations().resize(id, before, Objects.requireNonNull(known.host()));
            cloud.turn(refresher, MINUTE.multipliedBy(2));
            assertEmbedded(cloud, id, before);
            feed.tell(List.copyOf(heard));
            assertEmbedded(cloud, id, before);
        }
    }

    private static String create(RefreshedCloud cloud, Server like, Flavor flavor) {
        return cloud.cloud()
                .operations()
                .create(like.user(), "new", flavor, like.image(), Objects.requireNonNull(like.host()), Map.of());
    }

    private static Map<String, String> flavors(RefreshedCloud cloud) throws Exception {
        Map<String, String> flavors = new TreeMap<>();
        cloud.held().forEach((id, held) -> {
            var flavor = held.server().flavor();
            flavors.put(id, String.valueOf(flavor == null ? held.server().flavorId() : flavor.id()));
        });
        return flavors;
    }

    private static void assertEmbedded(RefreshedCloud cloud, String id, Flavor expected) throws Exception {
        var flavor = Objects.requireNonNull(cloud.held().get(id)).server().flavor();
        assertThat(flavor).isNotNull().satisfies(it -> {
            assertThat(it.id()).isEqualTo(expected.id());
            assertThat(it.name()).isEqualTo(expected.name());
            assertThat(it.memoryMiB()).isEqualTo(expected.ram());
            assertThat(it.swapMiB()).isEqualTo(expected.swap());
            assertThat(it.extraSpecs()).isEqualTo(expected.extraSpecs());
        });
    }

    /** What is said from now on. */
    private static List<InstanceEvent> hear(RefreshedCloud cloud, NotificationFormat format) {
        List<InstanceEvent> heard = new ArrayList<>();
        cloud.cloud().notifications().speak(format);
        cloud.cloud().notifications().listen(said -> read(said).ifPresent(heard::add));
        return heard;
    }

    private static Optional<InstanceEvent> read(Published said) {
        Map<?, ?> body = map(said.message().body().toText());
        Map<?, ?> message = map(String.valueOf(body.get("oslo.message")));
        String time = String.valueOf(message.get("timestamp")).replace(' ', 'T') + "Z";
        return InstanceEvents.read(said.type(), Instant.parse(time), message.get("payload"));
    }

    private static Map<?, ?> map(String json) {
        try {
            return (Map<?, ?>) Objects.requireNonNull(Json.parse(json));
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
