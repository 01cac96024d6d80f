// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.testkit.servers.PrivateRedis;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Refreshers in processes of their own, a real Redis, and agents that read it all the time. Whatever is taken away, no agent ever has
 * anything wrong, or nothing; and what the next refresh found, the next cycle of each agent has.
 */
@Tag("server")
class SharedCacheFaultsTest {
    private static final String ONE = "one";
    private static final String TWO = "two";

    private final PrivateRedis redis = new PrivateRedis();
    private final SimulatedCloud cloud = new SimulatedCloud(
            SimulatedCloudOptions.of(Clock.systemUTC(), 3, 10).withRates(LifeRates.none()));

    @TempDir
    private Path folder = Path.of("");

    private final RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), RefresherLoop.SPACE));

    private WatchedAgents agents;
    private Server server;
    private RefresherProcess one;
    private @Nullable RefresherProcess two;

    @BeforeEach
    void fill() throws Exception {
        redis.start();
        cloud.start();
        server = cloud.cloud().servers().getFirst();
        agents = new WatchedAgents(cloud.cloud(), _ -> cache);
        one = refresher(ONE);
        await("the first refresher has the seat", head -> ONE.equals(head.seat()) && head.isFilled());
        two = refresher(TWO);
        awaitAgents();
        assertThat(agents.nameOn(WatchedAgents.hostOf(server), server.id())).isEqualTo(server.name());
    }

    @AfterEach
    void end() throws Exception {
        agents.close();
        cache.close();
        one.close();
        if (two != null) {
            two.close();
        }
        redis.close();
        cloud.close();
    }

    private RefresherProcess refresher(String name) throws Exception {
        return RefresherProcess.start(folder, redis.url(), name, cloud.authUrl());
    }

    private RefresherProcess second() {
        return Objects.requireNonNull(two);
    }

    private String state() {
        return "missing: " + agents.missing() + "\nwrong: "
                + agents.wrong().stream().limit(5).toList() + "\none: " + one.log() + "\ntwo: "
                + (two == null ? "" : two.log());
    }

    private void await(String what, Predicate<Head> condition) {
        Await.until(what, this::state, () -> {
            try {
                return condition.test(cache.head());
            } catch (SharedCacheException _) {
                return false;
            }
        });
    }

    private void awaitAgents() {
        Await.until("agents know what Nova knows", this::state, agents::areUpToDate);
    }

    private static RefreshRecord record(Head head) {
        try {
            return RefreshRecordBody.read(String.valueOf(head.refreshRecord()));
        } catch (BodyException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isCompleteUpTo(Head head, Instant moment) {
        RefreshRecord.Complete good = record(head).good();
        return good != null && good.nova().isAfter(moment);
    }

    private Instant rename(String name) {
        agents.expect(server.id(), name);
        cloud.operations().rename(server.id(), name);
        return cloud.cloud().now();
    }

    /** Returns when the cache is complete up to a moment, and every agent has it. */
    private void assertBack(String by, Instant moment) {
        await(
                "refreshed by " + by,
                head -> head.refreshRecord() != null && record(head).by().equals(by) && isCompleteUpTo(head, moment));
        awaitAgents();
        assertThat(agents.wrong()).isEmpty();
    }

    @Test
    void aRefresherThatIsKilledIsFollowedByTheNext() throws Exception {
        one.kill();
        Instant changed = rename("after-the-kill");

        assertBack(TWO, changed);
    }

    @Test
    void aRefresherThatSleptPastItsLeaseIsRefusedWhenItWakes() throws Exception {
        one.pause();
        await("the second has the seat", head -> TWO.equals(head.seat()));
        assertBack(TWO, rename("while-it-slept"));
        long refused = cache.head().refusedWrites();

        one.resume();

        await("what the first does is refused", head -> head.refusedWrites() > refused);
        assertBack(TWO, rename("after-it-woke"));
        second().kill();
        assertBack(ONE, rename("and-first-again"));
    }

    @Test
    void aRedisThatStartsAgainIsFilledAgain() throws Exception {
        String before = cache.head().incarnation();
        redis.kill();
        Instant changed = rename("while-redis-was-away");
        redis.start();

        await(
                "it is filled again",
                head -> head.isFilled() && !head.incarnation().equals(before));
        assertBack(record(cache.head()).by(), changed);
    }

    @Test
    void aRedisThatIsEmptiedIsFilledAgainAndOldTokensStayOld() throws Exception {
        String before = cache.head().incarnation();
        one.pause();
        redis.cli("FLUSHALL");
        Instant changed = rename("while-it-was-empty");
        await(
                "the second fills it",
                head -> head.isFilled() && !head.incarnation().equals(before));
        assertBack(TWO, changed);
        long refused = cache.head().refusedWrites();

        one.resume();

        await("what the first does is refused", head -> head.refusedWrites() > refused);
        assertBack(TWO, rename("after-it-woke"));
    }

    @Test
    void anAgentThatIsCutOffKeepsWhatItHasUntilItIsBack() throws Exception {
        agents.close();
        String host = WatchedAgents.hostOf(server);
        try (CutConnection line = new CutConnection(redis.port());
                RedisSharedCache behind = new RedisSharedCache(
                        RedisOptions.of("redis://127.0.0.1:" + line.port(), RefresherLoop.SPACE))) {
            agents = new WatchedAgents(cloud.cloud(), name -> name.equals(host) ? behind : cache);
            awaitAgents();
            String old = server.name();
            line.cut();
            Instant changed = rename("while-it-was-cut-off");
            await("the cache has it", head -> isCompleteUpTo(head, changed));
            assertThat(agents.nameOn(host, server.id())).isEqualTo(old);

            line.mend();

            awaitAgents();
            assertThat(agents.wrong()).isEmpty();
            agents.close();
        }
    }
}
