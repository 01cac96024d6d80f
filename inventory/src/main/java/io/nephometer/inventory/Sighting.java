// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.Inspection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which domains the hypervisor showed. An instance that Nova lists as running and that is not among them may have moved away,
 * which Nova's list of changes does not tell.
 *
 * @param domains ids, those of domains that could not be read among them
 * @param withStopped whether stopped domains would be among them
 */
public record Sighting(Set<String> domains, boolean withStopped) {
    public Sighting {
        domains = Set.copyOf(domains);
    }

    /**
     * What an inspection showed.
     *
     * @param wanted what it was asked for
     */
    public static Sighting of(Inspection inspection, Set<CounterGroup> wanted) {
        Set<String> domains = new HashSet<>();
        for (Domain domain : inspection.domains()) {
            domains.add(domain.id());
        }
        for (DomainFault fault : inspection.faults()) {
            domains.add(fault.domain());
        }
        return new Sighting(domains, wanted.contains(CounterGroup.STOPPED));
    }
}
