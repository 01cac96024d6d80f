// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.hypervisor.Inspector;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.discovery.InstanceDiscovery;
import io.nephometer.model.UserMetadataRule;
import io.nephometer.runtime.Health;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.compute.ComputeOptions;
import io.nephometer.sources.polling.compute.ComputePolling;
import io.nephometer.sources.polling.compute.HostFigures;
import io.nephometer.sources.polling.compute.ProcFigures;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.slots.PollingAgent;
import io.nephometer.sources.polling.slots.SlotOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/**
 * Measures the instances of one hypervisor: in each slot one question to the hypervisor, joined with what the cache knows from
 * Nova, and handed to the sink. Starts and goes on whether hypervisor, Nova and broker are there or not.
 */
public final class ComputeAgent {
    /** How long a cycle waits for Nova at most before it goes on with what is known. */
    private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

    /** The part of the shortest interval that may go by with waiting: with more, a Nova that is down would cost slots. */
    private static final int PATIENT_PART = 4;

    private static final Path PROC = Path.of("/proc");

    private final HostInventory inventory;
    private final RefreshingFinder finder;
    private final PollingAgent polling;
    private final Inspector inspector;

    /**
     * Puts the agent together; nothing is asked before {@link #start}.
     *
     * @param host as Nova names it
     * @param inventory of this host
     * @param inspector closed by this
     * @param sink closed by whoever made it, after this
     */
    public ComputeAgent(
            ComputeConfig config,
            String host,
            PollingDefinition definition,
            HostInventory inventory,
            Inspector inspector,
            MeasurementSink sink,
            Surroundings surroundings) {
        this.inspector = inspector;
        this.inventory = inventory;
        HostClock hostClock = new HostClock(surroundings.ticker());
        finder = new RefreshingFinder(
                inventory, discovery(config, host, inventory), patience(definition), hostClock::look);
        PollingMetrics metrics = new PollingMetrics(surroundings.registry());
        ComputePolling compute = new ComputePolling(
                new ComputeOptions(host, config.reportStoppedInstanceMetrics()),
                inspector,
                finder,
                figures(config, surroundings),
                surroundings.clock(),
                surroundings.ticker(),
                metrics);
        polling = new PollingAgent(
                compute.of(definition),
                SlotOptions.of(host),
                sink,
                surroundings.clock(),
                surroundings.ticker(),
                metrics);
        CacheMetrics.bind(surroundings.registry(), inventory);
    }

    /** Whatever is sent without metadata is of an instance. */
    private static HostFigures figures(ComputeConfig config, Surroundings surroundings) {
        return ComputeAssembly.isBare(config) ? HostFigures.NONE : new ProcFigures(PROC, surroundings.host());
    }

    private static InstanceDiscovery discovery(ComputeConfig config, String host, HostInventory inventory) {
        if (ComputeAssembly.isBare(config)) {
            return InstanceDiscovery.bare(host);
        }
        UserMetadataRule userMetadata = new UserMetadataRule(
                config.reservedMetadataNamespace(), config.reservedMetadataKeys(), config.reservedMetadataLength());
        return new InstanceDiscovery(config.instanceDiscoveryMethod(), host, inventory, userMetadata);
    }

    private static Duration patience(PollingDefinition definition) {
        return definition.sources().stream()
                .map(source -> source.interval().dividedBy(PATIENT_PART))
                .filter(part -> part.compareTo(MOST_PATIENCE) < 0)
                .min(Comparator.naturalOrder())
                .orElse(MOST_PATIENCE);
    }

    /** Begins with the slots that run now, if enough of them is left. */
    public void start() {
        polling.start();
    }

    /** Whether slots are measured. */
    public Health health() {
        return polling.health();
    }

    /** Whether the cache is as fresh as it should be. */
    public Health cacheHealth() {
        return CacheHealth.of(report());
    }

    /** How the cache is, for {@code cache show}. */
    public CacheReport report() {
        return inventory.report();
    }

    /** Stops measuring, hands over what was measured, and lets the hypervisor go. */
    public void close() throws InterruptedException {
        polling.close();
        finder.close();
        inspector.close();
    }
}
