// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.ExpectedCloud;
import io.nephometer.inventory.shared.ForeignCloudException;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.OwnCache;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.late.LateInstances;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Collectors whose space is that of another cloud: they tell it nothing and join nothing of it, and say so. */
class ForeignSpaceTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final String HELD = "nova.north.example.org:8774 in North";

    private final AtomicLong nanos = new AtomicLong();
    private final InProcessSharedCache space = new InProcessSharedCache(() -> NOON);
    private final FeedTally tally = new FeedTally();
    private final List<InstanceEvent> events = RecordedEvents.of(RecordedEvents.OFFLOADED, true).stream()
            .flatMap(event -> event.told().stream())
            .toList();
    private final String id = events.getFirst().observation().id();

    private void fill(String cloud) throws Exception {
        RefresherSeat seat =
                space.takeSeat("central", cloud, Duration.ofMinutes(1)).orElseThrow();
        seat.stage();
        seat.fill(List.of(new Entry("other", "host", 0, "{}")));
        seat.takeTouched();
        assertThat(seat.show("{}", 0)).isTrue();
    }

    private OwnCache of(@Nullable String named) {
        return new OwnCache(space, new ExpectedCloud(named));
    }

    private NotificationFeed feed(SharedCache cache) {
        return new NotificationFeed(cache, FeedOptions.defaults(), nanos::get, tally);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"South", "nova.south.example.org:8774", "nova.north.example.org:8774 in South", "north", "Nor"})
    void ofAnotherName_isToldNothing_andReadByNobody(String named) throws Exception {
        fill(HELD);
        SharedCache cache = of(named);
        NotificationFeed feed = feed(cache);
        feed.tell(events);
        feed.tell(events);
        assertThat(tally.count(FeedOutcome.FOREIGN)).isEqualTo(2 * events.size());
        assertThat(feed.foreign().orElseThrow()).contains(HELD, named, "shared_cache.cloud", "shared_cache.space");
        assertThat(feed.missed())
                .as("nothing that a refresh of that cloud could tell")
                .isZero();
        assertThat(space.instances(List.of(id))).isEmpty();
        assertThat(space.head().wanted()).isNull();

        assertThatThrownBy(() -> new LateInstances(cache, nanos::get).find(List.of("other")))
                .isInstanceOf(ForeignCloudException.class);
        assertThatThrownBy(() -> cache.host("host", null)).isInstanceOf(ForeignCloudException.class);
        assertThatThrownBy(() -> cache.takeSeat("south", "nova.south.example.org:8774 in South", Duration.ofMinutes(1)))
                .isInstanceOf(ForeignCloudException.class);
        assertThat(cache.head().cloud()).as("whoever looks sees whose it is").isEqualTo(HELD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"North", "nova.north.example.org:8774", HELD})
    void ofItsName_isUsed(String named) throws Exception {
        fill(HELD);
        NotificationFeed feed = feed(of(named));
        feed.tell(events);
        assertThat(tally.count(FeedOutcome.APPLIED)).isPositive();
        assertThat(tally.count(FeedOutcome.FOREIGN)).isZero();
        assertThat(feed.foreign()).isEmpty();
        assertThat(space.instances(List.of(id))).containsOnlyKeys(id);
    }

    @Test
    void withNothingToCompare_isUsed_withoutAFurtherQuestion() throws Exception {
        fill(HELD);
        feed(of(null)).tell(events);
        assertThat(space.instances(List.of(id))).containsOnlyKeys(id);
        assertThat(tally.count(FeedOutcome.FOREIGN)).isZero();
    }

    @Test
    void whereNoRefresherSaidWhoseItIs_isUsed() throws Exception {
        fill(SharedCache.ANY_CLOUD);
        feed(of("North")).tell(events);
        assertThat(space.instances(List.of(id))).containsOnlyKeys(id);
    }

    @Test
    void inAProcessThatRefreshesAnotherCloud_isToldNothing_sinceKeystoneSaidSo() throws Exception {
        fill(HELD);
        SharedCache cache = of(null);
        cache.expect("nova.south.example.org:8774 in South");
        assertThatThrownBy(() -> cache.takeSeat("south", "nova.south.example.org:8774 in South", Duration.ofMinutes(1)))
                .isInstanceOf(ForeignCloudException.class);
        feed(cache).tell(events);
        assertThat(tally.count(FeedOutcome.FOREIGN)).isEqualTo(events.size());
        assertThat(space.instances(List.of(id))).isEmpty();
    }

    @Test
    void inAProcessWhoseKeystoneDidNotAnswerYet_isToldNothing_andThatIsMadeUpFor() throws Exception {
        fill(HELD);
        SharedCache cache = new OwnCache(space, new ExpectedCloud(null, true));
        NotificationFeed feed = feed(cache);
        feed.tell(events);
        assertThat(tally.count(FeedOutcome.SKIPPED)).isEqualTo(events.size());
        assertThat(space.instances(List.of(id))).isEmpty();
        assertThat(space.head().wanted()).isNull();
        assertThatThrownBy(() -> cache.wantRefresh("any"))
                .isInstanceOf(SharedCacheException.class)
                .isNotInstanceOf(ForeignCloudException.class)
                .hasMessageContaining("shared_cache.cloud");
        assertThat(new LateInstances(cache, nanos::get).find(List.of(id)))
                .as("who reads harms nobody")
                .isEmpty();

        cache.expect(HELD);
        nanos.addAndGet(FeedOptions.defaults().rest().toNanos());
        feed.tell(events.subList(events.size() - 1, events.size()));
        assertThat(space.instances(List.of(id))).containsOnlyKeys(id);
        assertThat(space.head().wanted()).contains(events.size() + " notifications");
        assertThat(feed.missed()).isZero();
    }

    @Test
    void inSuchAProcess_isUsedAtOnce_ifItsConfigurationNamesTheCloud() throws Exception {
        fill(HELD);
        feed(new OwnCache(space, new ExpectedCloud("North", true))).tell(events);
        assertThat(space.instances(List.of(id))).containsOnlyKeys(id);
    }

    @Test
    void thatTurnsOutToBeTheRightOne_isRefreshed() throws Exception {
        fill(HELD);
        SharedCache cache = of(null);
        cache.expect("nova.renamed.example.org:8774 in North");
        NotificationFeed feed = feed(cache);
        feed.tell(events);
        assertThat(tally.count(FeedOutcome.FOREIGN)).isEqualTo(events.size());
        space.adopt(HELD, "nova.renamed.example.org:8774 in North");
        nanos.addAndGet(FeedOptions.defaults().rest().toNanos());
        feed.tell(events.subList(0, 1));
        assertThat(space.head().wanted()).contains(events.size() + " notifications");
    }

    @Test
    void ofAnotherName_andThenAway_isNotSaidToBeForeign_anyMore() throws Exception {
        fill(HELD);
        AtomicBoolean away = new AtomicBoolean();
        SharedCache cache = of("South");
        BriefCall calls = new BriefCall("test", FeedOptions.defaults(), nanos::get);
        Callable<Head> call = () -> {
            if (away.get()) {
                throw new SharedCacheException("away");
            }
            cache.instances(List.of(id));
            return cache.head();
        };
        assertThat(calls.make(call)).isEmpty();
        assertThat(calls.foreign()).isPresent();
        assertThat(calls.make(call)).isEmpty();
        assertThat(calls.foreign()).as("left alone, which says nothing new").isPresent();
        away.set(true);
        nanos.addAndGet(FeedOptions.defaults().rest().toNanos());
        assertThat(calls.make(call)).isEmpty();
        assertThat(calls.foreign()).as("whose it is now nobody knows").isEmpty();
    }

    @Test
    void afterTheSpaceWasEmptied_itIsTheRightOneAgain() throws Exception {
        fill(HELD);
        NotificationFeed feed = feed(of("South"));
        feed.tell(events);
        assertThat(feed.foreign()).isPresent();
        space.empty();
        fill("nova.south.example.org:8774 in South");
        nanos.addAndGet(FeedOptions.defaults().rest().toNanos());
        feed.tell(events);
        assertThat(feed.foreign()).isEmpty();
        assertThat(space.instances(List.of(id))).containsOnlyKeys(id);
    }
}
