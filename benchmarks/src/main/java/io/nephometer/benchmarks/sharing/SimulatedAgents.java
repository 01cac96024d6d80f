// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.inventory.cache.CacheOptions;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.agent.GlobalInventory;
import io.nephometer.inventory.shared.agent.GlobalOptions;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.openstack.access.CloudAccess;
import io.nephometer.openstack.access.Credentials;
import io.nephometer.openstack.access.EndpointInterface;
import io.nephometer.openstack.access.Named;
import io.nephometer.openstack.access.Scope;
import io.nephometer.openstack.api.ApiBudget;
import io.nephometer.openstack.api.ApiObserver;
import io.nephometer.openstack.api.ApiSettings;
import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Secret;
import io.nephometer.simulator.SimulatedCloud;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes the agents of a simulated cloud, each with a session of its own where it asks services itself. */
final class SimulatedAgents implements AutoCloseable {
    private final SimulatedCloud cloud;
    private final InstantSource clock;
    private final Ticker ticker;
    private final List<OpenStackCloud> sessions = new ArrayList<>();

    SimulatedAgents(SimulatedCloud cloud, InstantSource clock, Ticker ticker) {
        this.cloud = cloud;
        this.clock = clock;
        this.ticker = ticker;
    }

    HostInventory agent(Mode mode, String host, SharedCache cache) {
        return switch (mode) {
            case NO_CACHE -> local(host, false);
            case LOCAL -> local(host, true);
            case GLOBAL, GLOBAL_FED -> new GlobalInventory(host, cache, null, GlobalOptions.DEFAULTS, clock, ticker);
        };
    }

    private HostInventory local(String host, boolean caching) {
        OpenStackCloud session = session();
        CacheOptions options = CacheOptions.DEFAULTS.withCaching(caching);
        return new LocalInventory(host, session.nova(), session.glance(), options, clock, ticker);
    }

    /** A session with the simulated cloud; time stands still while it is asked, so no budget may make anybody wait. */
    OpenStackCloud session() {
        Named domain = Named.name("Default");
        CloudAccess access = new CloudAccess(
                URI.create(cloud.authUrl()),
                new Credentials.Password(Named.name("admin"), domain, new Secret("simulated")),
                new Scope.OfProject(Named.name("admin"), domain),
                null,
                EndpointInterface.PUBLIC,
                Map.of(),
                null);
        ApiTime time = new ApiTime(clock, ticker, _ -> {}, (_, _) -> () -> {}, new Random(1));
        try {
            OpenStackCloud session = OpenStackCloud.of(access, unlimited(), time, ApiObserver.NONE);
            sessions.add(session);
            return session;
        } catch (ConfigException e) {
            throw new IllegalStateException("the simulated cloud needs no file of authorities", e);
        }
    }

    private static ApiSettings unlimited() {
        ApiSettings usual = ApiSettings.defaults();
        return new ApiSettings(
                usual.connectTimeout(),
                usual.responseTimeout(),
                usual.bodyTimeout(),
                usual.attempts(),
                usual.firstPause(),
                usual.longestPause(),
                usual.largestAnswer(),
                usual.budgetWait(),
                new ApiBudget(10_000, 100_000),
                Map.of());
    }

    @Override
    public void close() {
        sessions.forEach(OpenStackCloud::close);
    }
}
