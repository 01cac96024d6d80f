// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import java.time.Instant;
import java.util.List;

/**
 * The answer of a hypervisor, of one moment.
 *
 * @param measured when the counters were read
 * @param domains those that could be read; running ones, and stopped ones if {@link CounterGroup#STOPPED} was wanted
 * @param faults domains that could not be read, or of which something is missing
 */
public record Inspection(Instant measured, List<Domain> domains, List<DomainFault> faults) {
    public Inspection {
        domains = List.copyOf(domains);
        faults = List.copyOf(faults);
    }
}
