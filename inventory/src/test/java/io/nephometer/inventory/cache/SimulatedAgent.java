// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
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
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The agent of {@code compute-1} in a simulated cloud of two hosts, and all clocks there. */
final class SimulatedAgent implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final SimulatedClock clock = new SimulatedClock(START);
    private final SimulatedCloud cloud;
    private final OpenStackCloud client;
    private final String host;
    private final LocalInventory inventory;

    SimulatedAgent(int instances, LifeRates rates, CacheOptions options) throws IOException, ConfigException {
        cloud = new SimulatedCloud(SimulatedCloudOptions.of(clock, 2, instances).withRates(rates));
        cloud.start();
        host = cloud.cloud().hosts().getFirst().name();
        Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
        ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
        client = OpenStackCloud.of(access(), ApiSettings.defaults(), time, ApiObserver.NONE);
        inventory = new LocalInventory(host, client.nova(), client.glance(), options, clock, ticker);
    }

    private CloudAccess access() {
        Named domain = Named.name("Default");
        return new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                "RegionOne",
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    String host() {
        return host;
    }

    LocalInventory inventory() {
        return inventory;
    }

    Map<String, Instance> instances() {
        return inventory.instancesOf(host).value();
    }

    /** Time passes, then the agent inspects its hypervisor and refreshes what it knows. */
    Refresh cycle(Duration after) throws HypervisorException, InterruptedException {
        cloud.advance(after);
        Set<CounterGroup> wanted = Set.of(CounterGroup.CPU, CounterGroup.STOPPED);
        Inspection inspection = cloud.hypervisor(host).inspect(wanted);
        return inventory.refresh(Sighting.of(inspection, wanted));
    }

    @Override
    public void close() {
        client.close();
        cloud.close();
    }
}
