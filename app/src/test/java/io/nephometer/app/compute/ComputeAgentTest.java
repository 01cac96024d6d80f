// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.model.Sample;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.StoreUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent on a simulated hypervisor of a simulated cloud, into a real ledger. */
@Timeout(180)
class ComputeAgentTest {
    private static final String HOST = "compute-0001";
    private static final int INSTANCES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final InstantSource CLOCK = WallClock.system();
    private static final Definitions DEFINITIONS = Definitions.shipped(DefinitionOptions.DEFAULTS);

    @TempDir
    private Path folder;

    private final Metrics metrics = new Metrics();
    private final HealthRegistry health = new HealthRegistry();

    @Test
    void instancesAreMeasuredOncePerSlotWithWhatNovaKnowsOfThem() throws Exception {
        try (SimulatedCloud simulated = new SimulatedCloud(SimulatedCloudOptions.of(CLOCK, 1, INSTANCES));
                Ledger ledger =
                        Ledgers.open(new StoreUrl.Sqlite(folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, CLOCK)) {
            simulated.start();
            try (OpenStackCloud cloud = cloud(simulated.authUrl())) {
                ComputeAgent agent = agent(simulated, cloud, ledger);
                agent.start();
                List<Sample> samples;
                try {
                    samples = await(ledger, 3);
                } finally {
                    agent.close();
                }
                assertThat(samples.stream().map(Sample::resourceId).distinct()).hasSizeLessThanOrEqualTo(INSTANCES);
                assertThat(samples).isNotEmpty().allSatisfy(ComputeAgentTest::isComplete);
                assertThat(new HashSet<>(samples.stream()
                                .map(ComputeAgentTest::naturalKey)
                                .toList()))
                        .hasSameSizeAs(samples);
                assertThat(agent.report().counts().requests().listings()).isPositive();
                assertThat(agent.report().instances().entries()).isEqualTo(INSTANCES);
            }
        }
        assertThat(names())
                .contains(
                        "nephometer.polling.cycles",
                        "nephometer.polling.samples",
                        "nephometer.hypervisor.inspections",
                        "nephometer.cache.age.seconds",
                        "nephometer.cache.requests");
    }

    private static void isComplete(Sample sample) {
        assertThat(sample.projectId()).isNotNull();
        assertThat(sample.timestamp()).isEqualTo(sample.timestamp().truncatedTo(ChronoUnit.SECONDS));
        assertThat(sample.metadata()).containsKeys("display_name", "flavor", "image", "status");
        assertThat(sample.metadata().get("flavor")).isNotNull();
    }

    private static String naturalKey(Sample sample) {
        return sample.meter().name() + "/" + sample.resourceId() + "/" + sample.timestamp();
    }

    /** The samples of cpu, when there are so many slots of them. */
    private static List<Sample> await(Ledger ledger, int slots) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            List<Sample> samples = new ArrayList<>();
            ledger.reader().samples(LedgerQuery.ALL.withMeter("cpu"), samples::add);
            if (samples.stream().map(Sample::timestamp).distinct().count() >= slots) {
                return samples;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        throw new AssertionError("no " + slots + " slots within " + LIMIT);
    }

    private ComputeAgent agent(SimulatedCloud simulated, OpenStackCloud cloud, Ledger ledger) throws Exception {
        PollingDefinition definition = PollingDefinition.read(
                "polling.yaml", "sources: [{name: instances, interval: 1, meters: ['cpu', 'memory*', 'disk.*']}]");
        NotificationProcessor processor = new NotificationProcessor(
                new NotificationDecoder(8 << 20, TimeWindow.unlimited(CLOCK)), () -> DEFINITIONS, dropped -> {});
        PolledMessages sink = new PolledMessages(new PollingEnvelope(EnvelopeOptions.defaults()), processor, ledger);
        Surroundings surroundings = new Surroundings(HOST, metrics.registry(), health, CLOCK, Ticker.system());
        return new ComputeAgent(
                config(),
                HOST,
                definition,
                AgentInventory.local(config(), HOST, cloud, surroundings),
                simulated.hypervisor(HOST),
                sink,
                surroundings);
    }

    private static ComputeConfig config() throws Exception {
        return new ConfigReader("N", Map.of())
                .read("", "none", ComputeConfig.class)
                .value();
    }

    private static OpenStackCloud cloud(String authUrl) throws Exception {
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(authUrl),
                new Credentials.Password(Named.name("telemetry"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("service"), domain),
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        return OpenStackCloud.of(access, ApiSettings.defaults(), ApiTime.system(new Random(1)), call -> {});
    }

    private Set<String> names() {
        return metrics.registry().getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toSet());
    }
}
