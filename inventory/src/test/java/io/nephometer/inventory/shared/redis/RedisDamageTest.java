// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.redis;

import static io.nephometer.inventory.shared.SharedCacheFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.inventory.shared.Amended;
import io.nephometer.inventory.shared.Amendment;
import io.nephometer.inventory.shared.Edition;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.KnownInstance;
import io.nephometer.inventory.shared.LostSeatException;
import io.nephometer.inventory.shared.NotBegunException;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.SharedCacheFixture;
import io.nephometer.testkit.servers.FreePorts;
import io.nephometer.testkit.servers.PrivateRedis;
import java.time.Duration;
import java.time.Instant;
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
                .isInstanceOf(SharedCacheException.class)
                .isNotInstanceOf(LostSeatException.class)
                .hasMessageContaining("127.0.0.1:" + redis.port())
                .hasMessageContainingAll(texts);
    }

    @Test
    void aTruncatedEntryHarmsNobodyElseAndCanBePutOver() throws Exception {
        redis.cli("HSET", fixture.key("set:1:host:h1"), "a", "17");

        assertThat(cache().host("h1", null).entries()).containsEntry("a", Entry.damaged("a", "h1", "17"));
        assertThat(cache().instances(List.of("a", "b"))).hasSize(2).satisfies(both -> assertThat(both.get("a"))
                .isEqualTo(new KnownInstance.Held(Entry.damaged("a", "h1", "17"))));
        assertThat(fixture.amend(new Amendment.Put("a", 0, "h1", "x"))).isEqualTo(Amended.CONFLICT);

        assertThat(cache().amend(List.of(
                        new Amendment.Put("a", fixture.revision("a"), "h2", "healed"),
                        new Amendment.Put("b", fixture.revision("b"), "h2", "3"))))
                .containsExactly(Amended.DONE, Amended.DONE);
        assertThat(fixture.on("h1")).isEmpty();
        assertThat(fixture.on("h2")).containsExactly("a=healed", "b=3");
    }

    @Test
    void whatIsDamagedCanBeDeleted() throws Exception {
        redis.cli("HDEL", fixture.key("set:1:host:h1"), "a");

        assertThat(fixture.amend(new Amendment.Delete("a", fixture.revision("a"), Instant.EPOCH)))
                .isEqualTo(Amended.DONE);
        assertThat(fixture.on("h1")).isEmpty();
        assertThat(cache().instances(List.of("a"))).containsEntry("a", new KnownInstance.Gone(Instant.EPOCH, null));
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
        assertFails(() -> seat.renew(SharedCacheFixture.TTL), "is full");
        assertThat(fixture.on("h1")).containsExactly("a=1");
        assertThat(cache().head().isFilled()).isTrue();

        redis.cli("CONFIG", "SET", "maxmemory", "0");
        assertThat(fixture.put("a", "h1", "2")).isEqualTo(Amended.DONE);
    }

    @Test
    void aFullRedisDropsWhatIsHalfDone() throws Exception {
        seat.stage();
        seat.fill(List.of(entry("x", "h7", "1")));
        redis.cli("CONFIG", "SET", "maxmemory", "1mb");

        seat.unstage();

        assertThatThrownBy(seat::staged).isInstanceOf(NotBegunException.class);
        assertThat(redis.cli("KEYS", fixture.key("set:2:*"))).isEmpty();
        assertThat(fixture.on("h1")).containsExactly("a=1");
    }

    @Test
    void aFullRedisDropsWhatAFormerRefresherLeftHalfDone() throws Exception {
        seat.stage();
        seat.fill(List.of(entry("x", "h7", "1")));
        redis.cli("CONFIG", "SET", "maxmemory", "1mb");

        assertThat(fixture.other().takeSeat("another", SharedCacheFixture.TTL))
                .as("while it is held")
                .isEmpty();
        assertThat(seat.staged()).containsExactly("x");
        redis.cli("CONFIG", "SET", "maxmemory", "0");
        redis.cli("HSET", fixture.key("head"), "ttl", "0");
        redis.cli("CONFIG", "SET", "maxmemory", "1mb");
        assertFails(() -> fixture.other().takeSeat("another", SharedCacheFixture.TTL), "is full");
        assertThat(redis.cli("KEYS", fixture.key("set:2:*"))).isEmpty();
        assertThatThrownBy(seat::staged).isInstanceOf(NotBegunException.class);
    }

    @Test
    void whoIsFormerIsRefusedByAFullRedisToo() throws Exception {
        redis.cli("HSET", fixture.key("head"), "ttl", "0");
        assertThat(fixture.other().takeSeat("another", SharedCacheFixture.TTL)).isPresent();
        redis.cli("CONFIG", "SET", "maxmemory", "1mb");

        assertThatThrownBy(seat::unstage).isInstanceOf(LostSeatException.class);
    }

    /** A replica that took over had not heard of the last writes. */
    @Test
    void aNumberThatIsGivenOutAgainIsNobodysButItsHolders() throws Exception {
        redis.cli("HSET", fixture.key("head"), "token", "0");
        redis.cli("HDEL", fixture.key("head"), "holder", "until", "ttl");
        RefresherSeat another =
                fixture.other().takeSeat("another", SharedCacheFixture.TTL).orElseThrow();
        assertThat(redis.cli("HGET", fixture.key("head"), "token")).isEqualTo("1");

        assertThatThrownBy(() -> seat.record("stale", 0)).isInstanceOf(LostSeatException.class);
        seat.leave();

        another.record("mine", 0);
        assertThat(cache().head().refusedWrites()).isOne();
        assertThat(cache().head().seat()).isEqualTo("another");
    }

    @Test
    void aVersionIsNotGivenOutAgain() throws Exception {
        String revision = redis.cli("HGET", fixture.key("head"), "revision");
        fixture.put("a", "h1", "lost");
        Edition seen = cache().host("h1", null).edition();

        redis.cli("HSET", fixture.key("head"), "revision", revision);
        fixture.put("a", "h1", "other");

        assertThat(cache().host("h1", seen).entries()).isNotNull().containsKey("a");
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
