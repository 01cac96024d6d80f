// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program itself as refresher, twice, on a real Redis with TLS and a user of its own, while agents read it all the time. Its lease is
 * the real one of 30 seconds, so this is one story of some 60 seconds; what can be shown with a shorter lease is in
 * {@link SharedCacheFaultsTest}.
 */
@Tag("server")
class CentralRefreshersTest {
    private static final Duration MOST_OF_A_LEASE = Duration.ofSeconds(25);

    @TempDir
    private Path folder = Path.of("");

    private final SimulatedCloud cloud =
            new SimulatedCloud(SimulatedCloudOptions.of(Clock.systemUTC(), 2, 5).withRates(LifeRates.none()));

    private GuardedRedis redis;
    private RedisSharedCache cache;

    @BeforeEach
    void start() throws Exception {
        redis = GuardedRedis.start(folder);
        cache = new RedisSharedCache(redis.options());
        cloud.start();
    }

    @AfterEach
    void end() {
        cache.close();
        redis.close();
        cloud.close();
    }

    private CentralProcess central(String name) throws Exception {
        return CentralProcess.start(folder, name, """
                openstack:
                  access: {auth_url: "%s", username: admin, password: simulated, project_name: admin}
                inventory: {global_resource_cache: true, interval_to_update_resource: 5s}
                %s""".formatted(cloud.authUrl(), redis.section()));
    }

    private void await(String what, Predicate<Head> condition, CentralProcess... processes) {
        Await.until(what, () -> String.join("\n", logs(processes)), () -> {
            try {
                return condition.test(cache.head());
            } catch (SharedCacheException _) {
                return false;
            }
        });
    }

    private static Iterable<String> logs(CentralProcess... processes) {
        return Arrays.stream(processes).map(CentralProcess::log).toList();
    }

    private void rename(WatchedAgents agents, String name) {
        Server server = cloud.cloud().servers().getFirst();
        agents.expect(server.id(), name);
        cloud.operations().rename(server.id(), name);
        Await.until("agents have " + name, () -> "wrong: " + agents.wrong(), agents::areUpToDate);
        assertThat(agents.wrong()).isEmpty();
    }

    @Test
    void whoSleptOrDiedIsFollowed_andARedisThatLostAllIsFilledAgain() throws Exception {
        try (CentralProcess one = central("one")) {
            await("the first has filled it", head -> head.seat() != null && head.isFilled(), one);
            String first = String.valueOf(cache.head().seat());
            try (CentralProcess two = central("two");
                    CutConnection line = new CutConnection(redis.tlsPort());
                    RedisSharedCache behind = new RedisSharedCache(redis.options(line.port()));
                    WatchedAgents agents = new WatchedAgents(cloud.cloud(), host -> isFirst(host) ? behind : cache)) {
                rename(agents, "all-is-well");
                one.signal("STOP");
                await("the second has the seat", head -> isOther(head, first), one, two);
                rename(agents, "while-it-slept");
                long refused = cache.head().refusedWrites();

                one.signal("CONT");
                await("what the first does is refused", head -> head.refusedWrites() > refused, one, two);
                rename(agents, "after-it-woke");
                assertThat(cache.head().seat()).isNotEqualTo(first);

                two.kill();
                redis.pass(MOST_OF_A_LEASE);
                await("the first has the seat again", head -> first.equals(head.seat()), one, two);
                rename(agents, "after-the-second-was-killed");

                cutOff(line, agents);

                String incarnation = cache.head().incarnation();
                redis.restart();
                await("it is filled again", head -> head.isFilled() && isNew(head, incarnation), one);
                rename(agents, "after-redis-was-restarted");

                String emptied = cache.head().incarnation();
                redis.empty();
                await("it is filled again", head -> head.isFilled() && isNew(head, emptied), one);
                rename(agents, "after-redis-was-emptied");
            }
        }
    }

    private boolean isFirst(String host) {
        return host.equals(WatchedAgents.hostOf(cloud.cloud().servers().getFirst()));
    }

    /** The agent of the first host goes on with what it has. */
    private void cutOff(CutConnection line, WatchedAgents agents) throws Exception {
        Server server = cloud.cloud().servers().getFirst();
        String before = server.name();
        line.cut();
        agents.expect(server.id(), "while-it-was-cut-off");
        cloud.operations().rename(server.id(), "while-it-was-cut-off");
        String body = "\"while-it-was-cut-off\"";
        Await.until("the cache has it", () -> "not yet", () -> cache.instances(List.of(server.id()))
                .toString()
                .contains(body));
        assertThat(agents.nameOn(WatchedAgents.hostOf(server), server.id())).isEqualTo(before);
        line.mend();
        Await.until("it is back", () -> "wrong: " + agents.wrong(), agents::areUpToDate);
        assertThat(agents.wrong()).isEmpty();
    }

    private static boolean isNew(Head head, String incarnation) {
        return !head.incarnation().equals(incarnation);
    }

    private static boolean isOther(Head head, String first) {
        return head.seat() != null && !head.seat().equals(first);
    }
}
