// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One domain as measured. What the hypervisor did not say is null, empty or absent, never 0.
 *
 * @param id its UUID in canonical form, which is the id of Nova's instance
 * @param name such as {@code instance-0000003f}
 * @param description null if it could not be read; a fault tells why
 * @param cpu null if not wanted or not said
 * @param memory null if not wanted or not said
 * @param disks each with a source, in the hypervisor's order
 * @param interfaces each with a name on the host, in the hypervisor's order
 * @param perf hardware counters by libvirt's names without the prefix: {@code cpu_cycles}, {@code instructions},
 *     {@code cache_references}, {@code cache_misses}
 */
public record Domain(
        String id,
        String name,
        DomainState state,
        @Nullable DomainDescription description,
        @Nullable CpuCounters cpu,
        @Nullable MemoryCounters memory,
        List<DiskCounters> disks,
        List<InterfaceCounters> interfaces,
        Map<String, Long> perf) {
    public Domain {
        disks = List.copyOf(disks);
        interfaces = List.copyOf(interfaces);
        perf = Map.copyOf(perf);
    }
}
