// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central.cloud;

import io.nephometer.model.Sample;
import io.nephometer.model.WorkUnit;
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
import io.nephometer.simulator.cloud.StockPlan;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.central.CentralMeasuring;
import io.nephometer.sources.polling.central.CentralObserver;
import io.nephometer.sources.polling.central.CentralPollster;
import io.nephometer.sources.polling.central.IdentityNames;
import io.nephometer.sources.polling.central.NamingMeasuring;
import io.nephometer.sources.polling.central.Rosters;
import io.nephometer.sources.polling.central.UnitMeasuring;
import io.nephometer.sources.polling.central.WorkPlan;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A simulated cloud over HTTP, and all that is measured of it. */
final class PolledCloud implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

    private final SimulatedClock clock = new SimulatedClock(START);
    private final Ticker ticker = () -> Duration.between(START, clock.instant()).toNanos();
    private final SimulatedCloud cloud;
    private final OpenStackCloud client;
    private final Map<String, String> rosters = new HashMap<>();
    private final WorkPlan plan;
    /** How often what was noted. */
    final Map<String, Long> notes = new HashMap<>();

    private final CentralMeasuring measuring;
    private final NamingMeasuring naming;

    PolledCloud(StockPlan stock, int projects, CloudOptions options)
            throws IOException, ConfigException, PollingDefinitionException {
        cloud = new SimulatedCloud(
                SimulatedCloudOptions.of(clock, 1, 0)
                        .withRates(LifeRates.none())
                        .withProjects(projects),
                _ -> {});
        cloud.stock().fill(stock);
        cloud.start();
        ApiTime time = new ApiTime(clock, ticker, clock::advance, (_, _) -> () -> {}, new Random(1));
        client = OpenStackCloud.of(access(), ApiSettings.defaults(), time, ApiObserver.NONE);
        plan = new WorkPlan(
                PollingDefinition.read("polling.yaml", "sources: [{name: all, interval: 60, meters: ['*']}]"),
                CloudPollsters.pollsters(client, options),
                CloudPollsters.discoveries(client, options));
        measuring = new CentralMeasuring(plan, new Kept(), 8, clock, ticker, new CentralObserver() {
            @Override
            public void measured(String unit, int resources, int samples) {}

            @Override
            public void fell(String unit, String reason, long count) {}

            @Override
            public void noted(String unit, String reason, long count) {
                notes.merge(reason, count, Long::sum);
            }
        });
        naming = new NamingMeasuring(measuring, names(Runnable::run));
    }

    private CloudAccess access() {
        Named domain = Named.name("Default");
        return new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("telemetry"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("service"), domain),
                "RegionOne",
                EndpointInterface.INTERNAL,
                Map.of(),
                null);
    }

    /** Names that know nothing yet. */
    IdentityNames names(Executor aside) {
        return new IdentityNames(client.keystone(), ticker, aside);
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    void advance(Duration by) {
        clock.advance(by);
    }

    List<String> meters() {
        return CloudPollsters.pollsters(client, CloudOptions.usual()).stream()
                .map(CentralPollster::name)
                .toList();
    }

    List<WorkUnit> units() {
        return plan.units();
    }

    /** Measures one unit in the running slot. */
    SlotMeasurements measure(String name) throws Exception {
        return measure(name, measuring);
    }

    private SlotMeasurements measure(String name, UnitMeasuring by) throws Exception {
        WorkUnit unit = new WorkUnit("all", Duration.ofSeconds(60), name);
        return by.measure(unit, unit.slotAt(clock.instant()));
    }

    /** Measures one unit in the running slot, with the names of projects and users. */
    SlotMeasurements measureNamed(String name) throws Exception {
        return measure(name, naming);
    }

    /** Samples of a meter that one unit gives. */
    List<Sample> samples(String unit, String meter) throws Exception {
        return measure(unit).samples().stream()
                .filter(sample -> sample.meter().name().equals(meter))
                .toList();
    }

    long requests(String service) {
        return cloud.requests().count(asked -> asked.service().equals(service));
    }

    @Override
    public void close() {
        client.close();
        cloud.close();
    }

    private final class Kept implements Rosters {
        @Override
        public synchronized void put(String name, Instant slotStart, String content) {
            rosters.put(name, content);
        }

        @Override
        public synchronized @Nullable String newest(String name) {
            return rosters.get(name);
        }
    }
}
