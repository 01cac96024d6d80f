// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.simulator.api.Pause;
import io.nephometer.simulator.api.RequestLog;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Founding;
import io.nephometer.simulator.cloud.Offers;
import io.nephometer.simulator.cloud.Operations;
import io.nephometer.simulator.cloud.Project;
import io.nephometer.simulator.cloud.Stock;
import io.nephometer.simulator.cloud.User;
import io.nephometer.simulator.faults.FaultPlan;
import io.nephometer.simulator.hypervisor.SimulatedHypervisor;
import io.nephometer.simulator.identity.Credential;
import io.nephometer.simulator.notifications.NotificationBus;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cloud in one process: Keystone, Nova, Glance, Cinder, Neutron and Swift over HTTP on the loopback interface, its hypervisors, its notifications. It
 * listens from {@link #start} to {@link #close}, and lives only while {@link #step} or {@link #advance} is called, by hand or by a
 * {@link CloudDriver}. Thread-safe.
 */
public final class SimulatedCloud implements AutoCloseable {
    private final SimulatedCloudOptions options;
    private final Founding.Founded founded;
    private final Stock stock;
    private final Map<String, SimulatedHypervisor> hypervisors = new TreeMap<>();
    private final FaultPlan faults = new FaultPlan();
    private final RequestLog requests;
    private final NotificationBus notifications;
    private final Pause pause;

    @GuardedBy("this") private @Nullable SimulatedServices services;

    /** Slow answers are slow by real time. */
    public SimulatedCloud(SimulatedCloudOptions options) {
        this(options, time -> new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** @param pause how slow answers pass the time */
    public SimulatedCloud(SimulatedCloudOptions options, Pause pause) {
        this.options = options;
        this.pause = pause;
        founded = new Founding(options.plan()).found();
        stock = new Stock(founded.cloud(), founded.offers(), options.seed());
        requests = new RequestLog(options.loggedRequests());
        notifications = new NotificationBus(founded.cloud().ids(), "http://glance.simulated:9292");
        founded.cloud()
                .hosts()
                .forEach(host -> hypervisors.put(
                        host.name(), new SimulatedHypervisor(founded.cloud(), host.name(), options.clock())));
    }

    /** Lets the services listen, each on a free port. */
    public synchronized void start() throws IOException {
        if (services == null) {
            services = SimulatedServices.open(options, founded.cloud(), stock, faults, requests, pause);
        }
    }

    /** Keystone's URL, with {@code /v3}; the catalog of its tokens names the others. */
    public String authUrl() {
        return services().authUrl();
    }

    /** Nova's URL without a path. */
    public String novaUrl() {
        return services().novaUrl();
    }

    /** Glance's URL without a path. */
    public String glanceUrl() {
        return services().glanceUrl();
    }

    /**
     * Gives Nova's public endpoint another name; where it listens stays so.
     *
     * @param url without a path
     */
    public void publishNova(String url) {
        services().keystone().publishNova(url);
    }

    /** The application credential of a user, instead of its password. */
    public Credential applicationCredential(User user) {
        return services().keystone().credential(user);
    }

    /** Makes all tokens invalid before their time. */
    public void revokeTokens() {
        services().tokens().revokeAll();
    }

    private synchronized SimulatedServices services() {
        if (services == null) {
            throw new IllegalStateException("the simulated cloud does not listen; call start() first");
        }
        return services;
    }

    /** What is made to go wrong with the services. */
    public FaultPlan faults() {
        return faults;
    }

    /** What was asked of the services. */
    public RequestLog requests() {
        return requests;
    }

    /** What the services say on the bus. What operations say goes out with the next {@link #step}. */
    public NotificationBus notifications() {
        return notifications;
    }

    /** What it holds. */
    public Cloud cloud() {
        return founded.cloud();
    }

    /** What users do with servers. */
    public Operations operations() {
        return founded.operations();
    }

    /** What is done with flavors and images. */
    public Offers offers() {
        return founded.offers();
    }

    /** What Cinder, Neutron and Swift hold: nothing until it is filled. */
    public Stock stock() {
        return stock;
    }

    /** Lets a project be listed as disabled. */
    public void disable(Project project) {
        services().keystone().disable(project);
    }

    /** The hypervisor of a host: the same object each time, its faults and counts with it. */
    public SimulatedHypervisor hypervisor(String host) {
        SimulatedHypervisor hypervisor = hypervisors.get(host);
        if (hypervisor == null) {
            throw new IllegalArgumentException("no host " + host + "; there are " + hypervisors.keySet());
        }
        return hypervisor;
    }

    /** Lives up to the present of its clock. */
    public void step() {
        founded.life().catchUp();
        publish();
    }

    private void publish() {
        synchronized (notifications) { // what one thread takes goes out before what the next takes
            notifications.publish(founded.cloud().takeEvents());
        }
    }

    /** Moves its {@link SimulatedClock}, and lives up to there. */
    public void advance(Duration by) {
        if (!(options.clock() instanceof SimulatedClock clock)) {
            throw new IllegalStateException("time is moved only on a SimulatedClock, and this cloud has "
                    + options.clock() + "; call step() as time passes");
        }
        clock.advance(by);
        step();
    }

    /** Stops listening. */
    @Override
    public synchronized void close() {
        if (services != null) {
            services.close();
            services = null;
        }
    }
}
