// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.redis.RedisOptions;
import io.nephometer.inventory.shared.redis.RedisSharedCache;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.api.LoggedRequest;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.Server;
import io.nephometer.testkit.servers.PrivateRedis;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compute agents that refresh the shared cache themselves, without a central role: one of them asks Nova for all. And agents that have the
 * shared cache switched off, which ask what agents ask that never heard of it. Each agent is a process; Redis is real; the hypervisor
 * is libvirt's test driver, which runs nothing of Nova's.
 */
@Tag("server")
class RefreshingAgentsTest {
    private static final String OTHER_HOST = "compute-0002";

    private static final String SHARED = """
            inventory: {global_resource_cache: %s, interval_to_update_resource: 5s}
            shared_cache: {url: "%s"}
            """;

    private final PrivateRedis redis = new PrivateRedis();
    private final SimulatedCloud cloud =
            new SimulatedCloud(SimulatedCloudOptions.of(Clock.systemUTC(), 2, 3).withRates(LifeRates.none()));

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void start() throws Exception {
        redis.start();
        cloud.start();
    }

    @AfterEach
    void end() {
        redis.close();
        cloud.close();
    }

    private AgentSetup agent(String host, String more) {
        return new AgentSetup(folder, cloud, "test:///default", Servers.rabbit().url()).on(host, more);
    }

    private AgentProcess refreshing(String host) throws Exception {
        String more = "  refreshes_global_cache: true\n" + SHARED.formatted(true, redis.url());
        return AgentProcess.start(agent(host, more));
    }

    private static void awaitShared(AgentProcess agent) {
        agent.await(
                "it reads the shared cache", () -> "shared".equals(agent.cache().get("origin")));
    }

    /** What Nova was asked, and why. */
    private Map<String, Long> lists() {
        Map<String, Long> lists = new TreeMap<>();
        cloud.requests().counts().forEach((asked, count) -> {
            if (asked.service().equals("nova") && asked.path().endsWith("/servers/detail")) {
                lists.merge(asked.kind() + " " + asked.reason(), count, Long::sum);
            }
        });
        return lists;
    }

    private long wholeLists() {
        return cloud.requests().count(RefreshingAgentsTest::isWholeList);
    }

    private static boolean isWholeList(LoggedRequest.Asked asked) {
        return asked.service().equals("nova")
                && asked.path().endsWith("/servers/detail")
                && asked.kind() == QueryKind.FULL;
    }

    @Test
    void oneOfTheAgentsAsksForAll_andWhenItIsKilledAnotherDoes() throws Exception {
        Server moved = cloud.cloud().servers().getFirst();
        try (RedisSharedCache cache = new RedisSharedCache(RedisOptions.of(redis.url(), "cloud"));
                AgentProcess one = refreshing(AgentSetup.HOST)) {
            one.await("it has the seat", () -> cache.head().seat() != null);
            String first = String.valueOf(cache.head().seat());
            try (AgentProcess two = refreshing(OTHER_HOST)) {
                awaitShared(one);
                awaitShared(two);
                assertThat(cache.head().seat()).as("the second waits").isEqualTo(first);
                assertThat(wholeLists())
                        .as("one filled the cache for both: %s", lists())
                        .isEqualTo(1);

                one.kill();
                two.await("the other has the seat", () -> isOther(cache.head(), first));
                cloud.operations().rename(moved.id(), "renamed");
                two.await("it tells what changed", () -> "renamed".equals(nameOf(moved, cache)));
                assertThat(wholeLists())
                        .as("it goes on from what the cache has: %s", lists())
                        .isEqualTo(1);
            }
        }
    }

    private static @Nullable String nameOf(Server server, SharedCache cache) throws Exception {
        Map<String, Entry> entries =
                cache.host(WatchedAgents.hostOf(server), null).entries();
        Entry entry = entries == null ? null : entries.get(server.id());
        return entry == null ? null : InstanceBody.read(entry.body()).server().name();
    }

    private static boolean isOther(Head head, String first) {
        return head.seat() != null && !head.seat().equals(first);
    }

    @Test
    void switchedOff_agentsAskWhatTheyAskWithoutIt() throws Exception {
        Set<String> without = asked(agent(AgentSetup.HOST, ""));
        Set<String> off = asked(
                agent(AgentSetup.HOST, "  refreshes_global_cache: true\n" + SHARED.formatted(false, redis.url())));
        assertThat(off).isEqualTo(without).anyMatch(list -> list.startsWith("DELTA"));
        assertThat(redis.cli("DBSIZE")).startsWith("0");
    }

    /** What an agent asks in its first three cycles. All is asked once but the changes, which each cycle asks for. */
    private Set<String> asked(AgentSetup setup) throws Exception {
        cloud.requests().clear();
        try (AgentProcess agent = AgentProcess.start(setup)) {
            agent.awaitCycles(3);
        }
        Map<String, Long> lists = lists();
        assertThat(lists.entrySet())
                .allMatch(list -> list.getValue() == 1 || list.getKey().startsWith("DELTA"));
        return lists.keySet();
    }
}
