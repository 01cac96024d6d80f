// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.discovery.DiscoveryMethod;
import io.nephometer.inventory.discovery.InstanceDiscovery;
import io.nephometer.model.UserMetadataRule;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.faults.Fault;
import io.nephometer.simulator.faults.FaultRule;
import io.nephometer.sources.polling.MetadataState;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.slots.Measuring;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole cycles of an agent, minute by minute, while Nova is away. Time is simulated; the requests are real. */
class NovaOutageTest {
    private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int INSTANCES = 100;
    private static final int OUTAGE = 10;

    private final SimulatedClock clock = new SimulatedClock(START);
    private final Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
    private final SimulatedCloud cloud =
            new SimulatedCloud(SimulatedCloudOptions.of(clock, 1, INSTANCES).withRates(LifeRates.none()));

    @BeforeEach
    void start() throws Exception {
        cloud.start();
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void measuringGoesOn_nothingVanishes_andTheAgeOfMetadataGrows() throws Exception {
        try (OpenStackCloud client = client()) {
            Measuring measuring = measuring(client);
            measure(measuring);
            SlotMeasurements before = measure(measuring);
            assertThat(age(before)).isEqualTo(Duration.ZERO);
            assertThat(before.shortfalls()).isEmpty();
            assertThat(before.samples()).hasSizeGreaterThan(20 * INSTANCES);

            cloud.faults().add(FaultRule.always(new Fault.Status(503, null)).on("nova"));
            cloud.requests().clear();
            List<Duration> ages = new ArrayList<>();
            for (int cycle = 1; cycle <= OUTAGE; cycle++) {
                SlotMeasurements during = measure(measuring);
                ages.add(age(during));
                assertThat(during.shortfalls()).isEmpty();
                assertThat(metadata(during)).as("cycle %s", cycle).isEqualTo(metadata(before));
            }

            for (int cycle = 1; cycle <= OUTAGE; cycle++) {
                assertThat(ages.get(cycle - 1)).isEqualTo(MINUTE.multipliedBy(cycle));
            }
            assertThat(cloud.requests().last())
                    .as("a Nova that is down is left alone more and more")
                    .hasSize(8);
            cloud.faults().clear();
            assertThat(cyclesUntilFresh(measuring)).isLessThanOrEqualTo(5);
        }
    }

    private int cyclesUntilFresh(Measuring measuring) throws Exception {
        int cycles = 1;
        while (!age(measure(measuring)).isZero()) {
            cycles++;
            assertThat(cycles).isLessThan(OUTAGE);
        }
        return cycles;
    }

    private SlotMeasurements measure(Measuring measuring) throws Exception {
        cloud.advance(MINUTE);
        return measuring.measure(clock.instant()).getFirst();
    }

    private static Duration age(SlotMeasurements measurements) {
        MetadataState state = Objects.requireNonNull(measurements.metadata());
        return state.age();
    }

    /** What is said of each meter of each resource; as many as there are samples. */
    private static Map<String, Object> metadata(SlotMeasurements measurements) {
        return measurements.samples().stream()
                .collect(Collectors.toMap(sample -> sample.meter().name() + " " + sample.resourceId(), sample ->
                        (Object) sample.metadata()));
    }

    private Measuring measuring(OpenStackCloud client) throws Exception {
        String host = cloud.cloud().hosts().getFirst().name();
        LocalInventory inventory =
                new LocalInventory(host, client.nova(), client.glance(), CacheOptions.DEFAULTS, clock, ticker);
        InstanceDiscovery discovery = new InstanceDiscovery(
                DiscoveryMethod.LIBVIRT_METADATA,
                host,
                inventory,
                new UserMetadataRule(List.of("metering."), List.of(), 256));
        ComputePolling polling = new ComputePolling(
                new ComputeOptions(host, false),
                cloud.hypervisor(host),
                (inspection, wanted) -> {
                    inventory.refresh(Sighting.of(inspection, wanted));
                    return discovery.discover(inspection);
                },
                clock,
                ticker,
                ComputeObserver.none());
        return polling.of(PollingDefinition.read("polling.yaml", "sources: [{name: all, interval: 60, meters: ['*']}]"))
                .getFirst();
    }

    private OpenStackCloud client() throws ConfigException {
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
        return OpenStackCloud.of(access, ApiSettings.defaults(), time, ApiObserver.NONE);
    }
}
