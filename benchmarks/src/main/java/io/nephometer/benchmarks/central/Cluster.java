// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.runtime.WallClock;
import io.nephometer.store.ledger.SlotState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Central agents over one ledger. The one called {@value #VICTIM} reaches its servers over ways that can be cut. */
final class Cluster implements AutoCloseable {
    static final String VICTIM = "central-2";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Servers servers;
    private final CloudUnderTest cloud;
    private final Timing timing;
    private final Path launcher;
    private final Path folder;
    private final Books books;
    private final String database;
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final List<Agent> started = new ArrayList<>();
    private final Link ledgerLink;
    private final List<Link> etcdLinks = new ArrayList<>();

    /** How often is measured, and how long a member that is not heard of counts as live. */
    record Timing(Duration interval, Duration lease) {}

    Cluster(Servers servers, CloudUnderTest cloud, Timing timing, Path launcher, Path folder) throws IOException {
        this.servers = servers;
        this.cloud = cloud;
        this.timing = timing;
        this.launcher = launcher;
        this.folder = Files.createTempDirectory(folder, "cluster-");
        database = servers.newDatabase();
        books = new Books(servers.url(database, servers.ledgerPort()));
        books.migrate();
        ledgerLink = new Link(servers.ledgerPort());
        for (int port : servers.etcdPorts()) {
            etcdLinks.add(new Link(port));
        }
    }

    Books books() {
        return books;
    }

    Servers servers() {
        return servers;
    }

    CloudUnderTest cloud() {
        return cloud;
    }

    Timing timing() {
        return timing;
    }

    Link ledgerLink() {
        return ledgerLink;
    }

    List<Link> etcdLinks() {
        return etcdLinks;
    }

    private String config(String name) throws IOException {
        boolean linked = name.equals(VICTIM);
        String url = servers.url(database, linked ? ledgerLink.port() : servers.ledgerPort());
        List<Integer> ports = linked ? etcdLinks.stream().map(Link::port).toList() : servers.etcdPorts();
        String etcd = ports.isEmpty()
                ? ""
                : "  etcd: {endpoints: [%s], prefix: /%s/}\n"
                        .formatted(
                                ports.stream()
                                        .map(port -> "\"http://127.0.0.1:" + port + "\"")
                                        .collect(Collectors.joining(", ")),
                                database);
        Path polling = Files.writeString(
                folder.resolve("polling.yaml"),
                "sources: [{name: central, interval: %d, meters: %s}]\n"
                        .formatted(timing.interval().toSeconds(), CloudUnderTest.meters()));
        return """
                store: {url: "%s"}
                openstack:
                  access: {auth_url: "%s", username: admin, password: simulated, project_name: admin}
                  api: {budgets: {object-store: {rate: 200, burst: 200}}}
                central:
                  name: %s
                  lease: %ds
                  polling: %s
                  spool: %s
                %s""".formatted(url, cloud.authUrl(), name, timing.lease().toSeconds(), polling, spool(name), etcd);
    }

    /** The same after a restart, but not for two processes at once. */
    private Path spool(String name) {
        Agent known = agents.get(name);
        return folder.resolve("spool-" + name + (known != null && known.isAlive() ? "-twin" : ""));
    }

    /** Starts an agent; whoever had its name before is forgotten, not ended. */
    Agent start(String name) throws IOException {
        return start(name, Map.of());
    }

    Agent start(String name, Map<String, String> environment) throws IOException {
        Agent agent = Agent.start(launcher, folder, name, config(name), environment);
        agents.put(name, agent);
        started.add(agent);
        return agent;
    }

    Agent agent(String name) {
        return Objects.requireNonNull(agents.get(name), name);
    }

    List<Agent> live() {
        return started.stream().filter(Agent::isAlive).toList();
    }

    /** The same agents as at the beginning: {@code central-1} to {@code central-count}, each with its share. */
    void settle(int count) throws IOException, InterruptedException {
        Set<String> wanted = new TreeSet<>();
        for (int i = 1; i <= count; i++) {
            wanted.add("central-" + i);
        }
        for (Agent agent : live()) {
            if (!wanted.contains(agent.name()) || agents.get(agent.name()) != agent) {
                agent.stop();
            }
        }
        for (String name : wanted) {
            Agent known = agents.get(name);
            if (known == null || !known.isAlive()) {
                start(name);
            }
        }
        awaitShares();
    }

    /** Returns when each that lives has its share. */
    void awaitShares() throws InterruptedException {
        await("each agent has its share", () -> live().stream().allMatch(Agent::hasShare));
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant limit = now().plus(LIMIT);
        while (!condition.getAsBoolean()) {
            if (now().isAfter(limit)) {
                throw new IllegalStateException(
                        "not within " + LIMIT.toSeconds() + " s: " + what + "; " + live() + "; files in " + folder);
            }
            pause(LOOK);
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        LockSupport.parkNanos(time.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while a scenario was played");
        }
    }

    static Instant now() {
        return WallClock.system().instant();
    }

    void waitUntil(Instant time) throws InterruptedException {
        while (now().isBefore(time)) {
            pause(Duration.between(now(), time));
        }
    }

    /** Returns when there is a slot that ended with every unit measured: what comes after is not a beginning any more. */
    void awaitWholeSlot() throws InterruptedException {
        await("a slot is measured whole", () -> {
            Instant running = nextSlot().minus(timing.interval());
            Books.Window window = new Books.Window(running, running.plus(timing.interval()), timing.interval());
            Set<String> units = owners().keySet();
            return !units.isEmpty()
                    && books.slots(window).stream()
                                    .filter(slot -> slot.state() == SlotState.DONE)
                                    .count()
                            == units.size();
        });
    }

    /** Whether something is known of each unit in each slot. */
    boolean isTold(Books.Window window) {
        long told = books.slots(window).stream()
                .filter(slot -> slot.firstCommitted() != null)
                .count();
        return told >= (long) window.slots() * owners().size();
    }

    /** The beginning of the slot after the one that runs. */
    Instant nextSlot() {
        long seconds = timing.interval().toSeconds();
        return Instant.ofEpochSecond((Math.floorDiv(now().getEpochSecond(), seconds) + 1) * seconds);
    }

    /** Who owns which unit now. */
    Map<String, String> owners() {
        return new HashMap<>(books.owners());
    }

    @Override
    public void close() {
        started.forEach(Agent::close);
        etcdLinks.forEach(Link::close);
        ledgerLink.close();
    }

    @Override
    public String toString() {
        return started + ", files in " + folder;
    }
}
