// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.LostSeatException;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.SharedCacheFixture;
import io.nephometer.testkit.servers.PrivateRedis;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Redis that goes away and comes back. */
@Tag("server")
class RedisOutageTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration TTL = Duration.ofSeconds(30);

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("waiting").isLessThan(LIMIT.toNanos());
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static boolean isFilled(RedisSharedCache cache) {
        try {
            return cache.head().isFilled() && cache.takeSeat("probe", TTL).isPresent();
        } catch (SharedCacheException _) {
            return false;
        }
    }

    private static RefresherSeat fill(RedisSharedCache cache) throws SharedCacheException {
        RefresherSeat seat = cache.takeSeat("probe", TTL).orElseThrow();
        SharedCacheFixture.show(seat, entry("a", "h1", "1"));
        return seat;
    }

    @Test
    void theFirstCallAfterARestartIsAnswered() throws Exception {
        try (PrivateRedis redis = new PrivateRedis()) {
            redis.start();
            try (RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), "tests"))) {
                RefresherSeat seat = fill(cache);
                Head before = cache.head();

                redis.restart();

                Head after = cache.head();
                assertThat(after.isFilled()).isFalse();
                assertThat(after.incarnation()).isNotEqualTo(before.incarnation());
                assertThatThrownBy(() -> seat.record("stale", 0))
                        .isInstanceOf(LostSeatException.class)
                        .hasMessageContaining("emptied");
                assertThat(cache.head().refusedWrites()).isOne();
                fill(cache);
                assertThat(cache.host("h1", null).entries()).hasSize(1);
            }
        }
    }

    @Test
    void whileItIsGoneThatIsSaidAndThenItIsUsedAgain() throws Exception {
        try (PrivateRedis redis = new PrivateRedis()) {
            redis.start();
            try (RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), "tests"))) {
                fill(cache);
                redis.kill();

                assertThatThrownBy(cache::head)
                        .isExactlyInstanceOf(SharedCacheException.class)
                        .hasMessageContaining("127.0.0.1:" + redis.port())
                        .hasMessageContaining("cannot be reached");

                redis.start();
                assertThat(cache.head().isFilled()).isFalse();
            }
        }
    }

    @Test
    void sentinelsLeadToTheReplicaThatTakesOver() throws Exception {
        try (PrivateRedis first = new PrivateRedis();
                PrivateRedis second = new PrivateRedis();
                PrivateRedis sentinel = PrivateRedis.sentinel("nephometer", first)) {
            first.start();
            second.start();
            second.cli("REPLICAOF", "127.0.0.1", Integer.toString(first.port()));
            sentinel.start();
            RedisOptions options = RedisOptions.of(sentinel.url(), "tests")
                    .withSentinel(new RedisOptions.Sentinel("nephometer", null));
            try (RedisSharedCache cache = new RedisSharedCache(options)) {
                RefresherSeat seat = fill(cache);
                await(() -> sentinel.cli("SENTINEL", "REPLICAS", "nephometer").contains(Integer.toString(second.port()))
                        && second.cli("INFO", "replication").contains("master_link_status:up"));
                assertThat(first.cli("WAIT", "1", "10000")).isEqualTo("1");
                Head before = cache.head();

                first.kill();
                await(() -> isFilled(cache));

                assertThat(cache.head().incarnation()).isEqualTo(before.incarnation());
                seat.record("after", 0);
                assertThat(cache.host("h1", null).entries()).hasSize(1);
            }
        }
    }

    @Test
    void sentinelsThatDoNotKnowOrDoNotAnswerAreNamed() throws Exception {
        try (PrivateRedis redis = new PrivateRedis();
                PrivateRedis sentinel = PrivateRedis.sentinel("nephometer", redis)) {
            redis.start();
            sentinel.start();
            RedisOptions options =
                    RedisOptions.of(sentinel.url(), "tests").withSentinel(new RedisOptions.Sentinel("another", null));
            try (RedisSharedCache cache = new RedisSharedCache(options)) {
                assertThatThrownBy(cache::head)
                        .isInstanceOf(SharedCacheException.class)
                        .hasMessageContaining("no Sentinel of [127.0.0.1:" + sentinel.port() + "]")
                        .hasMessageContaining("\"another\"")
                        .hasSuppressedException(new SharedCacheException(
                                "the Sentinel at 127.0.0.1:" + sentinel.port() + " does not know that name"));
            }
        }
    }
}
