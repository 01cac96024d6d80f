// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator;

import io.nephometer.simulator.api.Endpoint;
import io.nephometer.simulator.api.Pause;
import io.nephometer.simulator.api.RequestLog;
import io.nephometer.simulator.api.Service;
import io.nephometer.simulator.block.Cinder;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Stock;
import io.nephometer.simulator.compute.Nova;
import io.nephometer.simulator.faults.FaultPlan;
import io.nephometer.simulator.http.Handler;
import io.nephometer.simulator.http.HttpListener;
import io.nephometer.simulator.http.Request;
import io.nephometer.simulator.identity.Keystone;
import io.nephometer.simulator.identity.ServiceUrls;
import io.nephometer.simulator.identity.Tokens;
import io.nephometer.simulator.image.Glance;
import io.nephometer.simulator.network.Neutron;
import io.nephometer.simulator.object.Swift;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The services of a cloud while they listen, each on a port of its own. */
final class SimulatedServices implements AutoCloseable {
    private final HttpListener nova;
    private final HttpListener glance;
    private final HttpListener identity;
    private final List<HttpListener> others;
    private final Keystone keystone;
    private final Tokens tokens;

    private SimulatedServices(
            HttpListener identity,
            HttpListener nova,
            HttpListener glance,
            List<HttpListener> others,
            Keystone keystone,
            Tokens tokens) {
        this.identity = identity;
        this.nova = nova;
        this.glance = glance;
        this.others = List.copyOf(others);
        this.keystone = keystone;
        this.tokens = tokens;
    }

    static SimulatedServices open(
            SimulatedCloudOptions options, Cloud cloud, Stock stock, FaultPlan faults, RequestLog log, Pause pause)
            throws IOException {
        Door keystoneDoor = new Door();
        Door novaDoor = new Door();
        Door glanceDoor = new Door();
        Door cinderDoor = new Door();
        Door neutronDoor = new Door();
        Door swiftDoor = new Door();
        HttpListener identity = HttpListener.open("keystone", 0, keystoneDoor);
        HttpListener nova = HttpListener.open("nova", 0, novaDoor);
        HttpListener glance = HttpListener.open("glance", 0, glanceDoor);
        HttpListener cinder = HttpListener.open("cinder", 0, cinderDoor);
        HttpListener neutron = HttpListener.open("neutron", 0, neutronDoor);
        HttpListener swift = HttpListener.open("swift", 0, swiftDoor);
        ServiceUrls urls =
                new ServiceUrls(identity.url(), nova.url(), glance.url(), cinder.url(), neutron.url(), swift.url());
        Tokens tokens = new Tokens(cloud.ids(), cloud::now, options.tokenLifetime());
        Keystone keystone =
                new Keystone(cloud.directory(), cloud.ids(), tokens, options.password(), options.region(), urls);
        Endpoint.Surroundings around = new Endpoint.Surroundings(
                faults,
                log,
                request -> tokens.of(request).map(session -> session.user().name()),
                options.clock(),
                cloud::now,
                options.dateHeader(),
                pause);
        keystoneDoor.open(keystone, around);
        novaDoor.open(new Nova(cloud, faults, tokens, urls.nova(), urls.keystone()), around);
        glanceDoor.open(new Glance(cloud, tokens, urls.glance(), urls.keystone()), around);
        cinderDoor.open(new Cinder(stock, tokens, urls.cinder(), urls.keystone()), around);
        neutronDoor.open(new Neutron(stock, tokens, urls.neutron(), urls.keystone()), around);
        swiftDoor.open(new Swift(stock, tokens), around);
        return new SimulatedServices(identity, nova, glance, List.of(cinder, neutron, swift), keystone, tokens);
    }

    String authUrl() {
        return identity.url() + "/v3";
    }

    String novaUrl() {
        return nova.url();
    }

    String glanceUrl() {
        return glance.url();
    }

    Keystone keystone() {
        return keystone;
    }

    Tokens tokens() {
        return tokens;
    }

    @Override
    public void close() {
        others.forEach(HttpListener::close);
        glance.close();
        nova.close();
        identity.close();
    }

    /** Keeps who comes early waiting: services know their addresses only when all of them listen. */
    private static final class Door implements Handler {
        private final CompletableFuture<Handler> inside = new CompletableFuture<>();

        void open(Service service, Endpoint.Surroundings around) {
            inside.complete(new Endpoint(service, around));
        }

        @Override
        public Answer answer(Request request) throws InterruptedException {
            return inside.join().answer(request);
        }
    }
}
