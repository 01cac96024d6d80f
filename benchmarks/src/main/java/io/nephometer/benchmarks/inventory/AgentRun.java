// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.cache.Refresh;
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
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.api.LoggedRequest;
import io.nephometer.simulator.cloud.LifeRates;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The agent of one host of a simulated cloud, for some cycles. Time is simulated too: only the requests are real.
 *
 * @param all requests of all cycles
 * @param afterFirst those after the first cycle
 * @param bytes of all answers
 * @param added flavors and images that did not exist at the first cycle
 * @param failed refreshes
 */
record AgentRun(RequestTable all, RequestTable afterFirst, long bytes, long added, int failed) {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Set<CounterGroup> WANTED = Set.of(CounterGroup.CPU, CounterGroup.STOPPED);

    /** How large, how long, how lively. */
    record Plan(int instances, int cycles, Duration interval, double changesPerServerHour) {}

    static AgentRun of(Plan plan, boolean caching) throws Exception {
        SimulatedClock clock = new SimulatedClock(START);
        SimulatedCloudOptions options = SimulatedCloudOptions.of(clock, 2, plan.instances())
                .withRates(LifeRates.usual(plan.changesPerServerHour()))
                .withTokenLifetime(Duration.ofDays(1));
        try (SimulatedCloud cloud = new SimulatedCloud(options)) {
            cloud.start();
            Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
            ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
            try (OpenStackCloud client =
                    OpenStackCloud.of(access(cloud), ApiSettings.defaults(), time, ApiObserver.NONE)) {
                String host = cloud.cloud().hosts().getFirst().name();
                LocalInventory inventory = new LocalInventory(
                        host,
                        client.nova(),
                        client.glance(),
                        CacheOptions.DEFAULTS.withCaching(caching),
                        clock,
                        ticker);
                return cycles(plan, cloud, host, inventory);
            }
        }
    }

    static CloudAccess access(SimulatedCloud cloud) {
        Named domain = Named.name("Default");
        return new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
    }

    private static AgentRun cycles(Plan plan, SimulatedCloud cloud, String host, LocalInventory inventory)
            throws Exception {
        int failed = 0;
        RequestTable first = RequestTable.of(cloud.requests());
        Set<String> offered = offered(cloud);
        for (int cycle = 1; cycle <= plan.cycles(); cycle++) {
            cloud.advance(plan.interval());
            Refresh refresh =
                    inventory.refresh(Sighting.of(cloud.hypervisor(host).inspect(WANTED), WANTED));
            failed += refresh.outcome().isFailure() ? 1 : 0;
            if (cycle == 1) {
                first = RequestTable.of(cloud.requests());
            }
        }
        long bytes =
                cloud.requests().last().stream().mapToLong(LoggedRequest::bytes).sum();
        RequestTable all = RequestTable.of(cloud.requests());
        Set<String> added = offered(cloud);
        added.removeAll(offered);
        return new AgentRun(all, all.minus(first), bytes, added.size(), failed);
    }

    private static Set<String> offered(SimulatedCloud cloud) {
        Set<String> ids = new HashSet<>();
        cloud.cloud().flavors().forEach(flavor -> ids.add(flavor.id()));
        cloud.cloud().images().forEach(image -> ids.add(image.id()));
        return ids;
    }
}
