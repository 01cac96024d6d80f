// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.LostSeatException;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.testkit.servers.PrivateRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A Redis that is killed and begins again with an old snapshot, as a replica that takes over may lack the last writes. Each costs about a
 * second.
 */
@Tag("server")
@Timeout(120)
class RedisWentBackTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    private final PrivateRedis redis = new PrivateRedis();
    private final RedisSharedCache cache = open();

    private RedisSharedCache open() {
        redis.start();
        return new RedisSharedCache(RedisOptions.of(redis.url(), "tests"));
    }

    @BeforeEach
    void isEmpty() throws Exception {
        assertThat(cache.head().isFilled()).isFalse();
    }

    @AfterEach
    void close() {
        cache.close();
        redis.close();
    }

    private void save() {
        assertThat(redis.cli("SAVE")).isEqualTo("OK");
    }

    private void goBack() {
        redis.kill();
        redis.start();
    }

    private RefresherSeat seat(String holder) throws Exception {
        return cache.takeSeat(holder, "", TTL).orElseThrow();
    }

    /** The first command finds the old connection closed, and is not about the seat. */
    private void assertWentBack(RefresherSeat seat) throws Exception {
        cache.head();
        assertThatThrownBy(() -> seat.renew(TTL))
                .isInstanceOf(LostSeatException.class)
                .hasMessageContaining("went back");
    }

    @Test
    void aLostFill_isNoticed_andTheSecondSetIsNotShown() throws Exception {
        RefresherSeat seat = seat("one");
        seat.stage();
        seat.fill(List.of(entry("a", "h1", "1")));
        save();
        seat.fill(List.of(entry("b", "h1", "1")));
        goBack();

        cache.head();
        assertThatThrownBy(() -> seat.show("whole", 0))
                .isInstanceOf(LostSeatException.class)
                .hasMessageContaining("went back");
        assertThat(cache.head().isFilled()).isFalse();
    }

    @Test
    void aLostPutOfTheCatalog_isNoticed() throws Exception {
        RefresherSeat seat = seat("one");
        seat.catalog(CatalogShelf.FLAVORS, Map.of("small", "1"));
        save();
        seat.catalog(CatalogShelf.FLAVORS, Map.of("large", "1"));
        goBack();

        assertWentBack(seat);
    }

    @Test
    void nothingLost_isNothingNoticed_andTheSameHolderMayBeginAgain() throws Exception {
        RefresherSeat seat = seat("one");
        seat.stage();
        seat.fill(List.of(entry("a", "h1", "1")));
        save();
        goBack();
        cache.head();
        seat.renew(TTL);
        seat.fill(List.of(entry("b", "h1", "1")));
        goBack();
        assertWentBack(seat);

        RefresherSeat again = seat("one");
        again.stage();
        again.fill(List.of(entry("c", "h1", "1")));
        assertThat(again.show("whole", 0)).isTrue();
        assertThat(again.shown()).containsExactly("c");
    }

    @Test
    void underAWholeReading_noInstanceIsLost() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(5, 500, cache)) {
            RefresherOptions often =
                    RefresherOptions.DEFAULTS.withInterval(Duration.ofHours(1)).withExpiry(Duration.ofMillis(1));
            GlobalRefresher refresher = cloud.refresher("one", often, Heartbeat.threaded());
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
            long set = cache.head().set();
            assertThat(cloud.turn(refresher, Duration.ofMinutes(1)).state()).isEqualTo(Turn.State.READING);
            save();
            String before = redis.cli("HGET", "nephometer:v1:{tests}:head", "steps");
            until(cloud, refresher, () -> !redis.cli("HGET", "nephometer:v1:{tests}:head", "steps")
                    .equals(before));
            assertThat(cache.head().set()).as("still reading").isEqualTo(set);
            goBack();

            cache.head();
            Turn turn = refresher.run();
            assertThat(turn.state()).isEqualTo(Turn.State.LOST);
            assertThat(turn.detail()).contains("went back");
            until(cloud, refresher, () -> cache.head().set() > set);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2500);
        }
    }

    /** What its flavors and images are put for was listed before, so that nothing would put them again. */
    @Test
    void afterTheCacheWentBack_flavorsAndImagesArePutAgain() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10, cache)) {
            GlobalRefresher refresher = cloud.refresher("one");
            RefresherSeat before = cache.takeSeat("one", "", TTL).orElseThrow();
            before.renew(TTL);
            save();
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
            List<String> images = images(cloud);
            assertThat(cache.catalog(CatalogShelf.IMAGES, images)).isNotEmpty();
            Map<String, String> all = cache.catalog(CatalogShelf.IMAGES, images);
            goBack();
            assertThat(cache.catalog(CatalogShelf.IMAGES, images)).isEmpty();

            assertThat(refresher.run().state()).isEqualTo(Turn.State.LOST);
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);

            assertThat(cache.catalog(CatalogShelf.IMAGES, images)).hasSameSizeAs(all);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
        }
    }

    private static List<String> images(RefreshedCloud cloud) throws Exception {
        return cloud.held().values().stream()
                .map(instance -> instance.server().imageId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static void until(RefreshedCloud cloud, GlobalRefresher refresher, Callable<Boolean> condition)
            throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(end);
            cloud.turn(refresher, Duration.ofSeconds(20));
            LockSupport.parkNanos(50_000_000);
        }
    }
}
