// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator;

import io.nephometer.simulator.cloud.Cloud;
import io.nephometer.simulator.cloud.Founding;
import io.nephometer.simulator.cloud.Offers;
import io.nephometer.simulator.cloud.Operations;
import io.nephometer.simulator.hypervisor.SimulatedHypervisor;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * A cloud in one process: what it holds, how it lives, its hypervisors. Made by the constructor, it lives only while {@link #step}
 * or {@link #advance} is called. Thread-safe.
 */
public final class SimulatedCloud {
    private final SimulatedCloudOptions options;
    private final Founding.Founded founded;
    private final Map<String, SimulatedHypervisor> hypervisors = new TreeMap<>();

    public SimulatedCloud(SimulatedCloudOptions options) {
        this.options = options;
        founded = new Founding(options.plan()).found();
        founded.cloud()
                .hosts()
                .forEach(host -> hypervisors.put(
                        host.name(), new SimulatedHypervisor(founded.cloud(), host.name(), options.clock())));
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
}
