// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.openstack.api.Reason;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.CloudDriver;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.LifeRates;
import io.nephometer.simulator.cloud.StockPlan;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The simulated cloud of the demonstration, which lives as time passes. */
final class FleetCloud implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(200);
    /** Sixty changes per server and hour: in a demonstration of seconds there is something to see. */
    private static final double CHANGES = 60;
    /** What metadata costs; logging in and the question for versions come once for each process. */
    private static final Set<QueryKind> METADATA =
            EnumSet.of(QueryKind.FULL, QueryKind.DELTA, QueryKind.NEXT_PAGE, QueryKind.ITEM);

    /** What central agents find. */
    private static final StockPlan STOCK = new StockPlan(0, 200, 40, 20, 30, 2, 0);

    private static final Named DOMAIN = Named.name("Default");

    private final SimulatedCloudOptions options;
    private final SimulatedCloud cloud;
    private final CloudDriver driver;

    FleetCloud(FleetOptions fleet, InstantSource clock) {
        options = SimulatedCloudOptions.of(clock, fleet.hosts(), fleet.instancesPerHost())
                .withRates(LifeRates.usual(CHANGES));
        cloud = new SimulatedCloud(options);
        cloud.stock().fill(STOCK);
        driver = new CloudDriver(cloud, STEP);
    }

    void start() throws IOException {
        cloud.start();
        driver.start();
    }

    SimulatedCloud simulated() {
        return cloud;
    }

    List<String> hosts() {
        return cloud.cloud().hosts().stream().map(Host::name).toList();
    }

    /** A session of its own, as each agent has. */
    OpenStackCloud session(ApiSettings settings) {
        Credentials login = new Credentials.Password(Named.name("telemetry"), DOMAIN, new Secret(options.password()));
        CloudAccess access = new CloudAccess(
                URI.create(cloud.authUrl()),
                login,
                new Scope.OfProject(Named.name("service"), DOMAIN),
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        try {
            return OpenStackCloud.of(access, settings, ApiTime.system(new SecureRandom()), ApiObserver.NONE);
        } catch (ConfigException e) {
            throw new IllegalStateException("the simulated cloud needs no file of authorities", e);
        }
    }

    /** Lists, changes, flavors and images that Nova and Glance were asked for until now by agents of hosts, each page for itself. */
    long metadataRequests() {
        return cloud.requests()
                .count(asked -> !asked.service().equals("keystone")
                        && METADATA.contains(asked.kind())
                        && !asked.reason().equals(Reason.DISCOVERY.label()));
    }

    /** Of these, what Nova was asked. */
    long novaRequests() {
        return cloud.requests().count(asked -> asked.service().equals("nova") && METADATA.contains(asked.kind()));
    }

    @Override
    public void close() {
        driver.close();
        cloud.close();
    }
}
