// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.agent.GlobalInventory;
import io.nephometer.inventory.shared.agent.GlobalOptions;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Agents of all hosts of a cloud, which read a shared cache again and again and without a pause, and everything wrong that they
 * ever had: an instance too few or too many, a name that it never had, or an older one after a newer.
 */
final class WatchedAgents implements AutoCloseable {
    private static final Duration BETWEEN_CYCLES = Duration.ofMillis(20);

    private final Map<String, GlobalInventory> agents = new LinkedHashMap<>();
    private final Map<String, List<String>> namesById = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> seen = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final Cloud cloud;
    private final CompletableFuture<Void> watching = new CompletableFuture<>();
    private volatile boolean over;

    WatchedAgents(Cloud cloud, Function<String, SharedCache> caches) {
        this.cloud = cloud;
        cloud.servers()
                .forEach(server -> namesById.put(server.id(), new CopyOnWriteArrayList<>(List.of(server.name()))));
        cloud.hosts()
                .forEach(host -> agents.put(
                        host.name(),
                        new GlobalInventory(
                                host.name(),
                                caches.apply(host.name()),
                                null,
                                GlobalOptions.DEFAULTS,
                                WallClock.system(),
                                Ticker.system())));
        Thread.ofPlatform().name("agents").start(this::watch);
    }

    /** To be called before an instance gets another name. */
    void expect(String id, String name) {
        names(id).add(name);
    }

    private List<String> names(String id) {
        return namesById.getOrDefault(id, new ArrayList<>());
    }

    private void watch() {
        try {
            while (!over) {
                agents.forEach(this::cycle);
                LockSupport.parkNanos(BETWEEN_CYCLES.toNanos());
            }
            watching.complete(null);
        } catch (RuntimeException e) {
            watching.completeExceptionally(e);
        }
    }

    private void cycle(String host, GlobalInventory agent) {
        agent.refresh(new Sighting(guests(host), true));
        look(host, agent.instancesOf(host).value());
    }

    private Set<String> guests(String host) {
        Set<String> ids = new HashSet<>();
        cloud.servers().stream().filter(server -> host.equals(hostOf(server))).forEach(server -> ids.add(server.id()));
        return ids;
    }

    private void look(String host, Map<String, Instance> instances) {
        Map<String, String> before = seen.get(host);
        if (before == null && instances.isEmpty()) {
            return; // not filled for the first time
        }
        Map<String, String> now = new LinkedHashMap<>();
        instances.forEach(
                (id, instance) -> now.put(id, String.valueOf(instance.server().name())));
        if (!now.keySet().equals(guests(host))) {
            wrong.add(host + " has " + now.keySet() + ", not " + guests(host));
        }
        now.forEach((id, name) -> {
            int position = names(id).indexOf(name);
            int last = before == null ? 0 : names(id).indexOf(before.getOrDefault(id, ""));
            if (position < 0 || position < last) {
                wrong.add(id + " is " + name + " after " + names(id).get(Math.max(0, last)));
            }
        });
        seen.put(host, now);
    }

    /** What an agent has now of an instance; empty if nothing. */
    String nameOn(String host, String id) {
        return seen.getOrDefault(host, Map.of()).getOrDefault(id, "");
    }

    /** Whether every agent has all of its instances by their latest name. */
    boolean areUpToDate() {
        return missing().isEmpty();
    }

    /** Where Nova has a server; empty if nowhere. */
    static String hostOf(Server server) {
        Host host = server.host();
        return host == null ? "" : host.name();
    }

    /** What agents do not have yet. */
    List<String> missing() {
        return cloud.servers().stream()
                .filter(server -> agents.containsKey(hostOf(server)))
                .filter(server -> !nameOn(hostOf(server), server.id()).equals(server.name()))
                .map(Server::id)
                .toList();
    }

    GlobalInventory agent(String host) {
        GlobalInventory agent = agents.get(host);
        if (agent == null) {
            throw new IllegalArgumentException("no host " + host);
        }
        return agent;
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Fails if they had to stop before. */
    @Override
    public void close() {
        over = true;
        watching.join();
    }
}
