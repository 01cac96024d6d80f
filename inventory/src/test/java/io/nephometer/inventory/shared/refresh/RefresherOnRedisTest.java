// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.testkit.servers.PrivateRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A refresher and a real Redis, by whose clock it works. */
@Tag("server")
@Timeout(120)
class RefresherOnRedisTest {
    private static final PrivateRedis REDIS = new PrivateRedis();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    private RedisSharedCache cache = new RedisSharedCache(RedisOptions.of("redis://127.0.0.1:1", "tests"));

    @BeforeAll
    static void start() {
        REDIS.start();
    }

    @AfterAll
    static void stop() {
        REDIS.close();
    }

    @BeforeEach
    void open() {
        cache.close();
        REDIS.cli("FLUSHALL");
        cache = new RedisSharedCache(RedisOptions.of(REDIS.url(), "tests"));
    }

    @AfterEach
    void close() {
        cache.close();
    }

    /** Turns until the condition holds. */
    private static void until(RefreshedCloud cloud, GlobalRefresher refresher, Callable<Boolean> condition)
            throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("within %s", LIMIT).isLessThan(end);
            cloud.turn(refresher, Duration.ofSeconds(1)); // so that the budget of requests is not used up
            LockSupport.parkNanos(SHORT.dividedBy(4).toNanos());
        }
    }

    @Test
    void changesAndWholeReadings_reachReaders() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(3, 500, cache)) {
            RefresherOptions often =
                    RefresherOptions.DEFAULTS.withInterval(SHORT).withExpiry(Duration.ofSeconds(1));
            GlobalRefresher first = cloud.refresher("first", often, Heartbeat.threaded());
            assertThat(first.run().state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(1500);
            cloud.cloud().operations().rename(cloud.idle().id(), "renamed");
            cloud.cloud()
                    .operations()
                    .delete(cloud.cloud().cloud().servers().getLast().id());
            cloud.cloud().advance(Duration.ofSeconds(20));
            until(cloud, first, () -> cloud.known(true).equals(cloud.truth(true)));
            assertThat(first.report().refreshes()).containsKey("changes done");
            first.close();
            long set = cache.head().set();
            GlobalRefresher second = cloud.refresher("second", often, Heartbeat.threaded());
            cache.wantRefresh("a test");
            until(cloud, second, () -> cache.head().set() > set);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(1499);
            assertThat(cache.head().seat()).isEqualTo("second");
            until(cloud, second, () -> cache.head().wanted() == null);
            assertThat(second.report().refreshes()).containsKeys("full done", "changes done");
        }
    }

    /** A list of changes and a whole reading both meet it. */
    @Test
    void damagedValues_areReplaced_andCounted_andStopNothing() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10, cache)) {
            RefresherOptions often =
                    RefresherOptions.DEFAULTS.withInterval(SHORT).withExpiry(Duration.ofSeconds(1));
            GlobalRefresher refresher = cloud.refresher("one", often, Heartbeat.threaded());
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
            long set = cache.head().set();
            var changed = cloud.idle();
            var other = cloud.cloud().cloud().servers().getLast();
            for (var server : List.of(changed, other)) {
                String host = Objects.requireNonNull(server.host()).name();
                String key = "nephometer:v1:{tests}:set:" + set + ":host:" + host;
                assertThat(REDIS.cli("HSET", key, server.id(), "17"))
                        .as("there was one")
                        .isEqualTo("0");
            }
            cloud.cloud().operations().rename(changed.id(), "renamed");
            List<Turn> turns = new ArrayList<>();
            until(cloud, refresher, () -> {
                turns.add(refresher.run());
                return cache.head().set() > set;
            });
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
            assertThat(turns).extracting(Turn::state).doesNotContain(Turn.State.CACHE_AWAY, Turn.State.FAILED);
            assertThat(refresher.report().unreadable()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void emptiedRedis_isFilledAgain() throws Exception {
        try (RefreshedCloud cloud = new RefreshedCloud(2, 10, cache)) {
            GlobalRefresher refresher = cloud.refresher("one");
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
            REDIS.cli("FLUSHALL");
            assertThat(refresher.run().state()).isEqualTo(Turn.State.LOST);
            assertThat(refresher.run().state()).isEqualTo(Turn.State.REFRESHED);
            assertThat(cloud.known(true)).isEqualTo(cloud.truth(true)).hasSize(20);
        }
    }
}
