// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.testkit.servers.PrivateRedis;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program itself as refresher, twice, on a real Redis, while agents read it all the time. Its lease is the real one of 30 seconds, so
 * this is one story of some 50 seconds; what can be shown with a shorter lease is in {@link SharedCacheFaultsTest}.
 */
@Tag("server")
class CentralRefreshersTest {
    private final PrivateRedis redis = new PrivateRedis();
    private final RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), "cloud"));
    private final SimulatedCloud cloud =
            new SimulatedCloud(SimulatedCloudOptions.of(Clock.systemUTC(), 2, 5).withRates(LifeRates.none()));

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void start() throws Exception {
        redis.start();
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
                shared_cache: {url: "%s"}
                """.formatted(cloud.authUrl(), redis.url()));
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
    void whoSleptPastItsLeaseIsRefused_andARedisThatLostAllIsFilledAgain() throws Exception {
        try (CentralProcess one = central("one")) {
            await("the first has filled it", head -> head.seat() != null && head.isFilled(), one);
            String first = String.valueOf(cache.head().seat());
            try (CentralProcess two = central("two");
                    WatchedAgents agents = new WatchedAgents(cloud.cloud(), _ -> cache)) {
                rename(agents, "all-is-well");
                one.signal("STOP");
                await("the second has the seat", head -> isOther(head, first), one, two);
                rename(agents, "while-it-slept");
                long refused = cache.head().refusedWrites();

                one.signal("CONT");
                await("what the first does is refused", head -> head.refusedWrites() > refused, one, two);
                rename(agents, "after-it-woke");
                assertThat(cache.head().seat()).isNotEqualTo(first);

                String incarnation = cache.head().incarnation();
                redis.kill();
                redis.start();
                await("it is filled again", head -> head.isFilled() && isNew(head, incarnation), one, two);
                rename(agents, "after-redis-was-restarted");

                String emptied = cache.head().incarnation();
                redis.cli("FLUSHALL");
                await("it is filled again", head -> head.isFilled() && isNew(head, emptied), one, two);
                rename(agents, "after-redis-was-emptied");
            }
        }
    }

    private static boolean isNew(Head head, String incarnation) {
        return !head.incarnation().equals(incarnation);
    }

    private static boolean isOther(Head head, String first) {
        return head.seat() != null && !head.seat().equals(first);
    }
}
