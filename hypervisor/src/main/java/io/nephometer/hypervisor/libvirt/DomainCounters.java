// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.MemoryCounters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the statistics of one domain said; the parts as in {@link io.nephometer.hypervisor.Domain}.
 *
 * @param missing wanted groups of which nothing or not all was said, though the domain runs: as a rule because somebody
 *     works on it at this moment, and libvirt was told not to wait
 */
public record DomainCounters(
        DomainState state,
        @Nullable CpuCounters cpu,
        @Nullable MemoryCounters memory,
        List<DiskCounters> disks,
        List<InterfaceCounters> interfaces,
        Map<String, Long> perf,
        Set<CounterGroup> missing) {
    public DomainCounters {
        disks = List.copyOf(disks);
        interfaces = List.copyOf(interfaces);
        perf = Map.copyOf(perf);
        missing = Set.copyOf(missing);
    }
}
