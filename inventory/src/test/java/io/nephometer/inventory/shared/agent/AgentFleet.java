// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.FlavorShape;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.RefresherSeat;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.ImageBody;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.Teller;
import io.nephometer.inventory.shared.record.Told;
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
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.NovaClient;
import io.nephometer.openstack.nova.Server;
import io.nephometer.openstack.nova.ServerQuery;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.api.LoggedRequest;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.Host;
import io.nephometer.simulator.cloud.LifeRates;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The agents of all hosts of a simulated cloud, each with a session and a phase of its own, and the shared cache. */
final class AgentFleet implements AutoCloseable {
    private static final int STEPS = 60;
    private static final Duration STEP = Duration.ofSeconds(1);

    private final SharedCloud shared = new SharedCloud();
    private final SimulatedCloud cloud;
    private final List<OpenStackCloud> sessions = new ArrayList<>();
    private final List<GlobalInventory> agents = new ArrayList<>();

    /** What the hypervisor of each agent runs; nothing moves. */
    private final List<Sighting> sightings = new ArrayList<>();

    private long askedForFilling;
    private Instant minute = SharedCloud.START;

    AgentFleet(int hosts, int instances, boolean withCredentials) throws Exception {
        cloud = new SimulatedCloud(
                SimulatedCloudOptions.of(shared.clock, hosts, instances).withRates(LifeRates.none()));
        cloud.start();
        for (String host : hosts()) {
            agents.add(shared.agent(host, withCredentials ? access(host) : null, GlobalOptions.DEFAULTS));
            Set<String> runs = cloud.cloud().guestsOf(host).stream()
                    .map(guest -> guest.id())
                    .collect(Collectors.toSet());
            sightings.add(new Sighting(runs, false));
        }
    }

    private LocalAccess access(String host) {
        return (options, spoken) -> {
            OpenStackCloud session = session();
            NovaClient nova = session.nova();
            if (spoken != null) {
                nova.assume(spoken);
            }
            return new LocalInventory(host, nova, session.glance(), options, shared.clock, shared.ticker);
        };
    }

    private OpenStackCloud session() {
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        ApiTime time = new ApiTime(shared.clock, shared.ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
        try {
            OpenStackCloud session = OpenStackCloud.of(access, ApiSettings.defaults(), time, ApiObserver.NONE);
            sessions.add(session);
            return session;
        } catch (ConfigException e) {
            throw new AssertionError("there is no file of authorities", e);
        }
    }

    private List<String> hosts() {
        return cloud.cloud().hosts().stream().map(Host::name).toList();
    }

    /** Puts what the cloud has into the shared cache, as a refresher does. */
    void fill() throws Exception {
        OpenStackCloud session = session();
        Map<FlavorShape, Flavor> flavors = new HashMap<>();
        session.nova().flavors(Reason.FLAVOR, flavor -> flavors.put(FlavorShape.of(flavor), flavor));
        List<Entry> entries = new ArrayList<>();
        session.nova().servers(ServerQuery.all(), Reason.METADATA_FULL, server -> entries.add(entry(server, flavors)));
        RefresherSeat seat = shared.seat();
        Instant now = shared.clock.instant();
        for (io.nephometer.simulator.cloud.Image image : cloud.cloud().images()) {
            Told<io.nephometer.openstack.glance.Image> told =
                    new Told<>(session.glance().image(image.id(), Reason.IMAGE), now);
            seat.catalog(CatalogShelf.IMAGES, Map.of(image.id(), ImageBody.write(told)));
        }
        shared.show(entries);
        askedForFilling = cloud.requests().total();
    }

    private static Entry entry(Server server, Map<FlavorShape, Flavor> flavors) {
        Flavor embedded = Optional.ofNullable(server.flavor()).orElseThrow();
        Server named = server.withFlavor(flavors.get(FlavorShape.of(embedded)));
        return InstanceBody.entry(
                new CachedInstance(named, SharedCloud.START, SharedCloud.START, Teller.API, List.of(), null));
    }

    /** A minute passes, in which each agent has a cycle, at its own moment. */
    void minute() {
        minute = shared.clock.instant();
        for (int step = 0; step < STEPS; step++) {
            cloud.advance(STEP);
            for (int agent = step; agent < agents.size(); agent += STEPS) {
                agents.get(agent).refresh(sightings.get(agent));
            }
        }
    }

    /** Requests of one kind in the last minute. */
    long asked(String service, QueryKind kind) {
        return lastMinute()
                .filter(request -> request.asked().service().equals(service)
                        && request.asked().kind() == kind)
                .count();
    }

    /** Requests to a service in the last minute, of whatever kind. */
    long asked(String service) {
        return lastMinute()
                .filter(request -> request.asked().service().equals(service))
                .count();
    }

    /** Requests of all kinds in the last minute. */
    long asked() {
        return lastMinute().count();
    }

    private Stream<LoggedRequest> lastMinute() {
        return cloud.requests().last().stream().filter(request -> request.at().isAfter(minute));
    }

    /** Of the agents to Nova since the cache was filled. */
    long total(QueryKind kind) {
        return cloud.requests()
                        .count(asked -> asked.service().equals("nova")
                                && asked.kind() == kind
                                && asked.path().endsWith("/servers/detail"))
                - 1;
    }

    long askedForFilling() {
        return askedForFilling;
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    WatchedCache cache() {
        return shared.watched;
    }

    List<GlobalInventory> agents() {
        return agents;
    }

    private String host(int agent) {
        return hosts().get(agent);
    }

    /** An instance of an agent's host. */
    String idOf(int agent) {
        return cloud.cloud().guestsOf(host(agent)).getFirst().id();
    }

    /** Its name as the agent knows it. */
    String nameOf(int agent) {
        return String.valueOf(agents.get(agent)
                .instance(idOf(agent))
                .value()
                .orElseThrow()
                .server()
                .name());
    }

    @Override
    public void close() {
        sessions.forEach(OpenStackCloud::close);
        cloud.close();
    }
}
