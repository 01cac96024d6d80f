// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.testkit.servers.PrivateRedis;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real Redis that has room for the instances once, and not twice. */
@Tag("server")
@Timeout(120)
class RefresherFullRedisTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final long ROOM = 1_000_000;

    private static void until(RefreshedCloud cloud, GlobalRefresher refresher, Callable<Boolean> condition)
            throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within %s", LIMIT).isLessThan(end);
            cloud.turn(refresher, Duration.ofSeconds(1)); // so that the budget of requests is not used up
            LockSupport.parkNanos(SHORT.dividedBy(4).toNanos());
        }
    }

    private static long used(PrivateRedis redis) {
        return redis.cli("INFO", "memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static RefresherOptions often(Duration urgent) {
        RefresherOptions usual = RefresherOptions.DEFAULTS;
        return new RefresherOptions(
                SHORT,
                Duration.ofSeconds(1),
                usual.overlap(),
                usual.lease(),
                urgent,
                usual.flavorExpiry(),
                usual.imageExpiry(),
                usual.maxInstances(),
                usual.maxCatalog(),
                usual.maxLookups(),
                usual.standbyAsks());
    }

    @Test
    void secondSetWithoutRoom_isDropped_changesGoOn_andNovaIsNotAskedForAllAgain() throws Exception {
        try (PrivateRedis redis = new PrivateRedis()) {
            redis.start();
            try (RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), "tests"));
                    RefreshedCloud cloud = new RefreshedCloud(5, 500, cache)) {
                GlobalRefresher refresher = cloud.refresher("one", often(Duration.ofHours(1)), (_, _) -> () -> {});
                assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
                long set = cache.head().set();
                redis.cli("CONFIG", "SET", "maxmemory", Long.toString(used(redis) + ROOM));

                until(cloud, refresher, () -> refresher.report().turns().containsKey(Turn.State.CACHE_FULL));
                assertThat(redis.cli("KEYS", "nephometer:v1:{tests}:set:" + (set + 1) + ":*"))
                        .isEmpty();
                assertThat(refresher.report().last().detail()).contains("is full: raise its maxmemory");
                assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2500);
                until(
                        cloud,
                        refresher,
                        () -> cloud.record().kind() == Refresh.Kind.FULL
                                && cloud.record().outcome() == Refresh.Outcome.FAILED);
                assertThat(cloud.record().detail()).contains("no room for all instances a second time");

                long asked = cloud.asked(QueryKind.FULL);
                for (int i = 0; i < 5; i++) {
                    cloud.cloud().operations().rename(cloud.idle().id(), "renamed " + i);
                    cloud.cloud().advance(Duration.ofSeconds(20));
                    until(cloud, refresher, () -> cloud.known(true).equals(cloud.truth(true)));
                }
                assertThat(cloud.asked(QueryKind.FULL)).isEqualTo(asked);
                assertThat(cache.head().set()).isEqualTo(set);
            }
        }
    }

    @Test
    void moreMemory_andTheNextWholeReadingIsShown() throws Exception {
        try (PrivateRedis redis = new PrivateRedis()) {
            redis.start();
            try (RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), "tests"));
                    RefreshedCloud cloud = new RefreshedCloud(5, 500, cache)) {
                GlobalRefresher refresher = cloud.refresher("one", often(Duration.ofSeconds(1)), (_, _) -> () -> {});
                refresher.run();
                long set = cache.head().set();
                redis.cli("CONFIG", "SET", "maxmemory", Long.toString(used(redis) + ROOM));
                until(cloud, refresher, () -> refresher.report().turns().containsKey(Turn.State.CACHE_FULL));

                redis.cli("CONFIG", "SET", "maxmemory", "0");

                until(cloud, refresher, () -> cache.head().set() > set);
                assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(2500);
            }
        }
    }
}
