// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nephometer.app.central.RefresherTurns;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.compute.AgentInventory;
import io.nephometer.app.compute.ComputeAgent;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.inventory.discovery.DiscoveryMethod;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.Heartbeat;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The compute hosts of the simulated cloud, each with an agent as it runs on a real one that shares its metadata: without credentials,
 * with its own hypervisor, and one refresher for all. Only the bus is left out: the agents hand over to a sink of this process.
 */
final class Fleet implements AutoCloseable {
    private final FleetOptions options;
    private final InstantSource clock;
    private final Ticker ticker;
    private final SlotBook book;
    private final FleetCloud cloud;
    private final SharedCache cache;
    private final List<OpenStackCloud> sessions = new ArrayList<>();
    private final LastMinute novaRequests = new LastMinute();
    private final LastMinute cycles = new LastMinute();
    private final List<ComputeAgent> agents = new ArrayList<>();
    private @Nullable RefresherTurns refresher;
    private Instant began = Instant.MAX;

    /** @param book takes what is measured */
    Fleet(FleetOptions options, SlotBook book, InstantSource clock, Ticker ticker) {
        this.options = options;
        this.book = book;
        this.clock = clock;
        this.ticker = ticker;
        this.cloud = new FleetCloud(options, clock);
        this.cache = new InProcessSharedCache(clock);
    }

    /** What was measured and asked while the fleet ran. */
    record Run(
            FleetOptions options,
            Instant began,
            Instant ended,
            List<String> hosts,
            SlotBook.Notes notes,
            long requests,
            long requestsWithoutCache) {}

    void start() throws IOException {
        cloud.start();
        PollingDefinition definition = definition(options.interval());
        refresher = refresher();
        for (String host : cloud.hosts()) {
            Surroundings surroundings =
                    new Surroundings(host, new SimpleMeterRegistry(), new HealthRegistry(), clock, ticker);
            agents.add(new ComputeAgent(
                    config(host),
                    host,
                    definition,
                    AgentInventory.global(config(host), host, cache, null, surroundings),
                    cloud.simulated().hypervisor(host),
                    book,
                    surroundings));
        }
        began = clock.instant();
        look();
        refresher.start();
        agents.forEach(ComputeAgent::start);
    }

    private RefresherTurns refresher() {
        OpenStackCloud session = cloud.session(ApiSettings.defaults());
        sessions.add(session);
        return new RefresherTurns(new GlobalRefresher(
                "demo",
                cache,
                session.nova(),
                session.glance(),
                RefresherOptions.DEFAULTS,
                ticker,
                Heartbeat.threaded()));
    }

    /** The cloud that its hosts are of. */
    FleetCloud cloud() {
        return cloud;
    }

    /** The load of the last minute. For one thread. */
    FleetLoad look() {
        long now = ticker.nanos();
        long inspections = cloud.hosts().stream()
                .mapToLong(host -> cloud.simulated().hypervisor(host).inspections())
                .sum();
        return new FleetLoad(novaRequests.look(now, cloud.novaRequests()), cycles.look(now, inspections));
    }

    private static PollingDefinition definition(Duration interval) {
        try {
            return PollingDefinition.read("the demonstration's polling.yaml", """
                    sources:
                      - name: demo
                        interval: %d
                        meters: [cpu, memory.usage, "disk.device.*.bytes", "network.*.bytes"]
                    """.formatted(interval.toSeconds()));
        } catch (PollingDefinitionException e) {
            throw new IllegalStateException("the demonstration's own definition is wrong", e);
        }
    }

    /** As if nobody had configured anything. */
    private static ComputeConfig config(String host) {
        return new ComputeConfig(
                host,
                "qemu:///system",
                Duration.ofSeconds(20),
                null,
                DiscoveryMethod.LIBVIRT_METADATA,
                true,
                Duration.ZERO,
                Duration.ofHours(1),
                false,
                Duration.ofMinutes(10),
                false,
                List.of("metering."),
                List.of(),
                256,
                null);
    }

    /**
     * Lets the agents measure for one more interval, so that what went wrong before is told; ends them; then asks Nova as often
     * as they did without a cache, for comparison.
     */
    Run finish() throws InterruptedException {
        long until = ticker.nanos() + options.interval().toNanos();
        while (ticker.nanos() < until && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(until - ticker.nanos());
        }
        Instant ended = clock.instant();
        stopAgents();
        Map<String, Long> cycles = new LinkedHashMap<>();
        cloud.hosts()
                .forEach(host ->
                        cycles.put(host, cloud.simulated().hypervisor(host).inspections()));
        long requests = cloud.metadataRequests();
        new UncachedFleet(cloud, clock, ticker).run(cycles);
        long without = cloud.metadataRequests() - requests;
        return new Run(options, began, ended, cloud.hosts(), book.notes(), requests, without);
    }

    private void stopAgents() throws InterruptedException {
        for (ComputeAgent agent : agents) {
            agent.close();
        }
        agents.clear();
        if (refresher != null) {
            refresher.close();
            refresher = null;
        }
        sessions.forEach(OpenStackCloud::close);
        sessions.clear();
    }

    @Override
    public void close() {
        try (cloud) {
            stopAgents();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
