// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.app.config.OpenStackConfig;
import io.nephometer.app.config.SampleBusConfig;
import io.nephometer.hypervisor.Inspector;
import io.nephometer.hypervisor.libvirt.LibvirtInspector;
import io.nephometer.hypervisor.libvirt.LibvirtOptions;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.model.Incarnation;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import io.nephometer.runtime.metrics.TelemetryServer;
import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.compute.ComputePolling;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the role compute together. Knows no ledger: an agent on a hypervisor has none on its class path. */
public final class ComputeAssembly {
    private static final Logger LOG = LoggerFactory.getLogger(ComputeAssembly.class);
    private static final String CONFIGURATION = "configuration";

    private final OpenStackConfig openstack;
    private final ComputeConfig config;
    private final @Nullable SharedCache shared;
    private final Surroundings surroundings;

    /** @throws ConfigException if the role is wanted and not configured */
    public ComputeAssembly(OpenStackConfig openstack, @Nullable ComputeConfig config, Surroundings surroundings)
            throws ConfigException {
        this(openstack, config, null, surroundings);
    }

    /**
     * @param shared the cache that all agents share, closed by whoever opened it; null if this agent asks Nova itself
     * @throws ConfigException if the role is wanted and not configured
     */
    public ComputeAssembly(
            OpenStackConfig openstack,
            @Nullable ComputeConfig config,
            @Nullable SharedCache shared,
            Surroundings surroundings)
            throws ConfigException {
        if (config == null) {
            throw missing("compute", "the role compute needs this section, be it with defaults alone: compute: {}");
        }
        this.openstack = openstack;
        this.config = config;
        this.shared = shared;
        this.surroundings = surroundings;
    }

    private static ConfigException missing(String key, String expected) {
        return new ConfigException(List.of(new Problem(new Origin(CONFIGURATION, 0), key, "", expected)));
    }

    /**
     * Adds the agent's parts.
     *
     * @param ledger the way into the ledger of this process, for an agent that has no bus to publish to; null if there is none
     * @throws ConfigException if it is not said how to log in to the cloud
     * @throws PollingDefinitionException if polling.yaml is faulty
     */
    public void addTo(
            Lifecycle lifecycle, TelemetryServer telemetry, @Nullable Function<Incarnation, MeasurementSink> ledger)
            throws ConfigException, PollingDefinitionException {
        PollingDefinition definition = definition();
        MeasurementSink sink = sink(lifecycle, incarnation(definition), ledger);
        ComputeAgent agent =
                new ComputeAgent(config, host(), definition, inventory(lifecycle), inspector(), sink, surroundings);
        surroundings.health().register("polling", agent::health);
        surroundings.health().register("metadata cache", agent::cacheHealth);
        telemetry.addPage("/cache", () -> agent.report().json());
        lifecycle.add("compute", agent::start, agent::close);
    }

    private HostInventory inventory(Lifecycle lifecycle) throws ConfigException {
        if (isBare(config)) {
            return new UntoldInventory(host(), surroundings.clock());
        }
        CloudLogin login = new CloudLogin(openstack, surroundings.registry());
        if (shared == null) {
            OpenStackCloud cloud = login.open();
            lifecycle.add("cloud", cloud);
            return AgentInventory.local(config, host(), cloud, surroundings);
        }
        if (!login.isGiven()) {
            LOG.info("No credentials: while the shared cache gives nothing, nobody is asked, and metadata grows old");
            return AgentInventory.global(config, host(), shared, null, surroundings);
        }
        OpenStackCloud cloud = login.open();
        lifecycle.add("cloud", cloud);
        return AgentInventory.global(config, host(), shared, cloud, surroundings);
    }

    /** Whether samples go without metadata. */
    static boolean isBare(ComputeConfig config) {
        SampleBusConfig publish = config.publish();
        return publish != null && publish.bare();
    }

    private Incarnation incarnation(PollingDefinition definition) {
        return new Incarnation(
                UUID.randomUUID().toString(),
                surroundings.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                ComputePolling.polls(definition));
    }

    private MeasurementSink sink(
            Lifecycle lifecycle, Incarnation run, @Nullable Function<Incarnation, MeasurementSink> ledger)
            throws ConfigException {
        SampleBusConfig publish = config.publish();
        if (publish != null) {
            if (publish.telemetrySecret() != null && !publish.sign()) {
                LOG.warn("compute.publish.telemetry_secret is set and signs nothing: sign is false. Collectors with a"
                        + " sample_secret refuse what is not signed");
            }
            SampleBus bus = new SampleBus(publish, host(), run, surroundings);
            lifecycle.add("sample bus", bus::start, bus::close);
            return bus.sink();
        }
        if (ledger == null) {
            throw missing(
                    "compute.publish",
                    "an agent without a collector in its process publishes its samples: name a broker as compute.publish.url");
        }
        return ledger.apply(run);
    }

    private String host() {
        String configured = config.host();
        return configured == null ? surroundings.host() : configured;
    }

    private PollingDefinition definition() throws PollingDefinitionException, ConfigException {
        PollingDefinition definition =
                PollingFile.read(config.polling(), PollingFile.COMPUTE, PollingDefinition::shipped);
        List<DefinitionProblem> warnings = ComputePolling.warnings(definition);
        warnings.forEach(warning -> LOG.warn("{}", warning.text()));
        return definition;
    }

    private Inspector inspector() {
        LibvirtOptions options = LibvirtOptions.of(config.libvirtUri()).withCallTimeout(config.hypervisorTimeout());
        LibvirtInspector inspector = new LibvirtInspector(options, surroundings.clock(), surroundings.ticker());
        HypervisorMetrics.bind(surroundings.registry(), inspector);
        return inspector;
    }
}
