// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.hypervisor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.HypervisorException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is made to go wrong on one hypervisor, until it is cleared. Thread-safe. */
public final class HypervisorFaults {
    @GuardedBy("this") private final Map<String, DomainFault.Kind> domains = new TreeMap<>();

    @GuardedBy("this") private List<String> foreign = List.of();

    @GuardedBy("this") private HypervisorException.@Nullable Kind failing;

    @GuardedBy("this") private boolean hanging;

    HypervisorFaults() {}

    /** Inspections fail with that kind. */
    public synchronized void fail(HypervisorException.Kind kind) {
        failing = kind;
    }

    /** Inspections do not return until they are interrupted or this is cleared. */
    public synchronized void hang() {
        hanging = true;
    }

    /** One domain cannot be read ({@code NO_COUNTERS}) or its description cannot ({@code BAD_DESCRIPTION}). */
    public synchronized void breakDomain(String id, DomainFault.Kind kind) {
        domains.put(id, kind);
    }

    /** Domains run here that are not Nova's. */
    public synchronized void addForeign(List<String> ids) {
        foreign = List.copyOf(ids);
    }

    /** All is well again. */
    public synchronized void clear() {
        domains.clear();
        foreign = List.of();
        failing = null;
        hanging = false;
        notifyAll();
    }

    synchronized void strike(String host) throws HypervisorException, InterruptedException {
        while (hanging) {
            wait();
        }
        if (failing != null) {
            throw new HypervisorException(failing, "the simulated hypervisor of " + host + " was made to fail");
        }
    }

    synchronized DomainFault.@Nullable Kind of(String id) {
        return domains.get(id);
    }

    synchronized List<String> foreign() {
        return foreign;
    }
}
