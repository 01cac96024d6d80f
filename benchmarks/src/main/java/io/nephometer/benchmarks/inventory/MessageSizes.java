// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.discovery.DiscoveryMethod;
import io.nephometer.inventory.discovery.InstanceDiscovery;
import io.nephometer.model.UserMetadataRule;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Ticker;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.bus.PollingMessage;
import io.nephometer.sources.polling.compute.ComputeObserver;
import io.nephometer.sources.polling.compute.ComputeOptions;
import io.nephometer.sources.polling.compute.ComputePolling;
import io.nephometer.sources.polling.compute.InstanceFinder;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.slots.Measuring;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** What one slot of one host of a simulated cloud takes on the bus; the second slot, so that there are rates. */
record MessageSizes(long samples, long fullBytes, int fullMessages, long bareBytes, int bareMessages) {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final UserMetadataRule RULE = new UserMetadataRule(List.of("metering."), List.of(), 256);

    static MessageSizes of(int instances) throws Exception {
        SimulatedClock clock = new SimulatedClock(START);
        try (SimulatedCloud cloud = new SimulatedCloud(SimulatedCloudOptions.of(clock, 1, instances))) {
            cloud.start();
            Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
            ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
            try (OpenStackCloud client =
                    OpenStackCloud.of(AgentRun.access(cloud), ApiSettings.defaults(), time, ApiObserver.NONE)) {
                String host = cloud.cloud().hosts().getFirst().name();
                LocalInventory inventory =
                        new LocalInventory(host, client.nova(), client.glance(), CacheOptions.DEFAULTS, clock, ticker);
                return sizes(cloud, host, inventory, clock, ticker);
            }
        }
    }

    private static MessageSizes sizes(
            SimulatedCloud cloud, String host, LocalInventory inventory, SimulatedClock clock, Ticker ticker)
            throws Exception {
        InstanceDiscovery known = new InstanceDiscovery(DiscoveryMethod.LIBVIRT_METADATA, host, inventory, RULE);
        InstanceDiscovery untold = InstanceDiscovery.bare(host);
        Measuring full = measuring(cloud, host, clock, ticker, (inspection, wanted) -> {
            inventory.refresh(Sighting.of(inspection, wanted));
            return known.discover(inspection);
        });
        Measuring bare = measuring(cloud, host, clock, ticker, (inspection, _) -> untold.discover(inspection));
        full.measure(START);
        bare.measure(START);
        cloud.advance(INTERVAL);
        Instant slot = START.plus(INTERVAL);
        SlotMeasurements measured = full.measure(slot).getFirst();
        List<PollingMessage> whole = new PollingEnvelope(EnvelopeOptions.defaults()).write(measured);
        List<PollingMessage> less = new PollingEnvelope(
                        EnvelopeOptions.defaults().withoutMetadata())
                .write(bare.measure(slot).getFirst());
        long samples = samples(whole);
        if (samples != samples(less) || samples == 0) {
            throw new IllegalStateException(samples + " samples with metadata, " + samples(less) + " without");
        }
        return new MessageSizes(samples, bytes(whole), whole.size(), bytes(less), less.size());
    }

    private static Measuring measuring(
            SimulatedCloud cloud, String host, SimulatedClock clock, Ticker ticker, InstanceFinder finder) {
        ComputePolling polling = new ComputePolling(
                new ComputeOptions(host, false), cloud.hypervisor(host), finder, clock, ticker, ComputeObserver.none());
        return polling.of(PollingDefinition.shipped()).getFirst();
    }

    private static long samples(List<PollingMessage> messages) {
        return messages.stream().mapToLong(PollingMessage::samples).sum();
    }

    private static long bytes(List<PollingMessage> messages) {
        return messages.stream()
                .mapToLong(message -> message.body().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
