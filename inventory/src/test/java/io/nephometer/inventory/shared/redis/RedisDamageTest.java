// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.SharedCacheFixture;
import io.nephometer.testkit.servers.FreePorts;
import io.nephometer.testkit.servers.PrivateRedis;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A Redis in which others write, and one that cannot take what is written. */
@Tag("server")
class RedisDamageTest {
    private final PrivateRedis redis = SharedRedis.get();
    private RedisFixture fixture;
    private RefresherSeat seat;

    @BeforeEach
    void fill() throws Exception {
        fixture = new RedisFixture(redis, SharedRedis.options());
        seat = fixture.filled(entry("a", "h1", "1"), entry("b", "h2", "2"));
    }

    @AfterEach
    void close() {
        redis.cli("CONFIG", "SET", "maxmemory", "0");
        redis.cli("CONFIG", "SET", "maxmemory-policy", "noeviction");
        redis.cli("REPLICAOF", "NO", "ONE");
        fixture.close();
    }

    private SharedCache cache() {
        return fixture.cache();
    }

    private void assertFails(ThrowingCallable call, String... texts) {
        assertThatThrownBy(call)
                .isExactlyInstanceOf(SharedCacheException.class)
                .hasMessageContaining("127.0.0.1:" + redis.port())
                .hasMessageContainingAll(texts);
    }

    @Test
    void aTruncatedEntryIsNamedAndHarmsNobodyElse() throws Exception {
        String key = fixture.key("set:1:host:h1");
        redis.cli("HSET", key, "a", "17");

        assertFails(() -> cache().host("h1", null), key + " a", "remove all keys");
        assertFails(() -> cache().instances(List.of("a")), "host:h1 a");
        assertFails(() -> fixture.amend(new Amendment.Put("a", 0, "h1", "x")), key + " a");
        assertThat(fixture.on("h2")).containsExactly("b=2");

        SharedCacheFixture.show(seat, entry("a", "h1", "healed"));
        assertThat(fixture.on("h1")).containsExactly("a=healed");
    }

    @Test
    void nothingOfACallIsDoneIfOneOfItsInstancesIsDamaged() throws Exception {
        redis.cli("HSET", fixture.key("set:1:host:h2"), "b", "x");

        assertFails(
                () -> cache().amend(List.of(
                        new Amendment.Put("a", fixture.revision("a"), "h1", "changed"),
                        new Amendment.Put("b", 0, "h2", "changed"))),
                "host:h2 b");

        assertThat(fixture.on("h1")).containsExactly("a=1");
    }

    @Test
    void aHostThatLacksAnEntryIsNotTakenForWhole() {
        String key = fixture.key("set:1:host:h1");
        redis.cli("DEL", key);

        assertFails(() -> cache().host("h1", null), key + " has 0 entries, not 1");
    }

    @Test
    void keysOfAnotherProgramAreNamed() {
        redis.cli("SET", fixture.key("gone"), "mine");
        assertFails(() -> fixture.put("a", "h1", "x"), "another program", fixture.key("gone"), "shared_cache.space");
        redis.cli("DEL", fixture.key("gone"), fixture.key("head"));
        redis.cli("SET", fixture.key("head"), "mine");
        assertFails(() -> cache().head(), "another program", fixture.key("head"));
    }

    @Test
    void aHeadOfAnotherFormIsNamed() {
        redis.cli("HSET", fixture.key("head"), "flavors", "many");
        assertFails(() -> cache().head(), fixture.key("head"), "many");
        redis.cli("HSET", fixture.key("head"), "flavors", "1", "until", "soon");
        assertFails(() -> cache().head(), "refused");
        redis.cli("HSET", fixture.key("head"), "until", "1");
        redis.cli("HSET", fixture.key("set:1:version"), "h1", "new");
        assertFails(() -> cache().host("h1", null), fixture.key("set:1:version") + " h1");
    }

    @Test
    void scriptsThatRedisForgotAreTaughtAgain() throws Exception {
        redis.cli("SCRIPT", "FLUSH");

        assertThat(fixture.on("h1")).containsExactly("a=1");
        assertThat(fixture.put("a", "h1", "2")).isEqualTo(Amended.DONE);
    }

    @Test
    void spacesDoNotKnowEachOther() throws Exception {
        try (RedisSharedCache north = new RedisSharedCache(RedisOptions.of(redis.url(), "north"))) {
            assertThat(north.head().isFilled()).isFalse();
            RefresherSeat other =
                    north.takeSeat("filler", Duration.ofSeconds(30)).orElseThrow();
            SharedCacheFixture.show(other, entry("n", "h1", "north"));
        }
        assertThat(fixture.on("h1")).containsExactly("a=1");
    }

    @Test
    void nothingIsLeftOfFormerSets() throws Exception {
        seat.stage();
        seat.fill(List.of(entry("x", "h7", "1")));
        seat.stage();
        seat.fill(List.of(entry("a", "h1", "2")));
        fixture.put("b", "h3", "touched");
        seat.takeTouched();
        seat.show("whole", 0);

        assertThat(redis.cli("KEYS", "*").lines())
                .containsExactlyInAnyOrder(
                        fixture.key("head"),
                        fixture.key("set:3:at"),
                        fixture.key("set:3:version"),
                        fixture.key("set:3:host:h1"));
    }

    @Test
    void aFullRedisTakesNothingAndStillAnswers() throws Exception {
        seat.stage();
        redis.cli("CONFIG", "SET", "maxmemory", "1mb");

        assertFails(() -> fixture.put("a", "h1", "2"), "is full", "maxmemory");
        assertFails(() -> seat.fill(List.of(entry("z", "h1", "1"))), "is full");
        assertThat(fixture.on("h1")).containsExactly("a=1");
        assertThat(cache().head().isFilled()).isTrue();

        redis.cli("CONFIG", "SET", "maxmemory", "0");
        assertThat(fixture.put("a", "h1", "2")).isEqualTo(Amended.DONE);
    }

    @Test
    void aRedisThatDropsKeysIsRefused() throws Exception {
        redis.cli("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        try (RedisSharedCache late = new RedisSharedCache(SharedRedis.options())) {
            assertFails(late::head, "allkeys-lru", "set maxmemory-policy noeviction");

            redis.cli("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
            assertThat(late.head().isFilled()).isTrue();
        }
    }

    @Test
    void aReplicaSaysThatItIsOne() throws Exception {
        redis.cli("REPLICAOF", "127.0.0.1", Integer.toString(FreePorts.next()));

        assertFails(() -> fixture.put("a", "h1", "2"), "is a replica", "shared_cache.sentinel");
        assertThat(fixture.on("h1")).containsExactly("a=1");

        redis.cli("REPLICAOF", "NO", "ONE");
        assertThat(fixture.put("a", "h1", "2")).isEqualTo(Amended.DONE);
    }
}
