// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.hypervisor;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.Inspector;
import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Guest;
import io.nephometer.simulator.cloud.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The hypervisor of one host of a simulated cloud. Its faults may be set from any thread. */
public final class SimulatedHypervisor implements Inspector {
    private final Cloud cloud;
    private final String host;
    private final InstantSource clock;
    private final HypervisorFaults faults = new HypervisorFaults();
    private final AtomicLong inspections = new AtomicLong();

    /** @param clock of the host */
    public SimulatedHypervisor(Cloud cloud, String host, InstantSource clock) {
        this.cloud = cloud;
        this.host = host;
        this.clock = clock;
    }

    /** What is made to go wrong here. */
    public HypervisorFaults faults() {
        return faults;
    }

    /** How often it was asked to inspect, failures included. */
    public long inspections() {
        return inspections.get();
    }

    @Override
    public Inspection inspect(Set<CounterGroup> wanted) throws HypervisorException, InterruptedException {
        inspections.incrementAndGet();
        faults.strike(host);
        Instant now = clock.instant();
        List<Domain> domains = new ArrayList<>();
        List<DomainFault> broken = new ArrayList<>();
        for (Server server : cloud.guestsOf(host)) {
            Guest guest = server.guest();
            if (guest != null && (guest.running() != null || wanted.contains(CounterGroup.STOPPED))) {
                inspect(server, guest, wanted, now, domains, broken);
            }
        }
        inspectForeign(domains, broken);
        return new Inspection(now, domains, broken);
    }

    private void inspect(
            Server server,
            Guest guest,
            Set<CounterGroup> wanted,
            Instant now,
            List<Domain> domains,
            List<DomainFault> broken) {
        DomainFault.@Nullable Kind fault = faults.of(server.id());
        if (fault != null) {
            broken.add(new DomainFault(server.id(), fault, "made to fail in " + server.instanceName()));
        }
        if (fault != DomainFault.Kind.NO_COUNTERS) {
            boolean described = fault == null;
            domains.add(domain(server, guest, described ? Descriptions.of(server, guest) : null, wanted, now));
        }
    }

    private static Domain domain(
            Server server,
            Guest guest,
            @Nullable DomainDescription description,
            Set<CounterGroup> wanted,
            Instant now) {
        Instant since = guest.running();
        if (since == null) {
            return stopped(server, description);
        }
        Counters counters = new Counters(server, Duration.between(since, now).toNanos() / 1e9);
        return new Domain(
                server.id(),
                server.instanceName(),
                DomainState.RUNNING,
                description,
                wanted.contains(CounterGroup.CPU) ? counters.cpu() : null,
                wanted.contains(CounterGroup.MEMORY) ? counters.memory() : null,
                wanted.contains(CounterGroup.DISK) ? counters.disks() : List.of(),
                wanted.contains(CounterGroup.NETWORK) ? counters.interfaces() : List.of(),
                wanted.contains(CounterGroup.PERF) ? counters.perf() : Map.of());
    }

    /** Only what a domain has without running: processors and sizes. */
    private static Domain stopped(Server server, @Nullable DomainDescription description) {
        return new Domain(
                server.id(),
                server.instanceName(),
                DomainState.SHUTOFF,
                description,
                new CpuCounters(null, server.flavor().vcpus()),
                null,
                new Counters(server, 0).sizes(),
                List.of(),
                Map.of());
    }

    private void inspectForeign(List<Domain> domains, List<DomainFault> broken) {
        for (String id : faults.foreign()) {
            domains.add(new Domain(
                    id,
                    "somebody-elses",
                    DomainState.RUNNING,
                    Descriptions.foreign(),
                    null,
                    null,
                    List.of(),
                    List.of(),
                    Map.of()));
            broken.add(new DomainFault(id, DomainFault.Kind.NOT_NOVA, "no nova metadata in the domain's description"));
        }
    }

    /** There is no connection to release. */
    @Override
    public void close() {}
}
