// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.InterfaceDescription;
import io.nephometer.hypervisor.MemoryCounters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A guest with one disk and one interface.
 *
 * @param bytes that its interface received
 * @param read bytes that its disk read
 */
record Guest(String id, DomainState state, @Nullable Long cpuNs, int vcpus, long bytes, long read) {
    static final String ID = "11111111-2222-3333-4444-555555555555";

    static Guest running(long cpuSeconds, long bytes) {
        return new Guest(ID, DomainState.RUNNING, cpuSeconds * 1_000_000_000, 1, bytes, bytes);
    }

    Guest withId(String other) {
        return new Guest(other, state, cpuNs, vcpus, bytes, read);
    }

    Guest withState(DomainState other) {
        return new Guest(id, other, cpuNs, vcpus, bytes, read);
    }

    Guest withVcpus(int other) {
        return new Guest(id, state, cpuNs, other, bytes, read);
    }

    static Inspection shown(Instant measured, Guest... guests) {
        return new Inspection(
                measured, List.of(guests).stream().map(Guest::domain).toList(), List.of());
    }

    Domain domain() {
        return new Domain(
                id,
                "instance-00000208",
                state,
                new DomainDescription(
                        null,
                        "hvm",
                        "x86_64",
                        List.of(new InterfaceDescription("tap1", "fa:16:3e:00:00:01", null, Map.of()))),
                new CpuCounters(cpuNs, vcpus),
                new MemoryCounters(65_536L, 60_000L, 20_000L, 10_000L, 30_000L, 2_048L, 1_024L),
                List.of(new DiskCounters("vda", 1L, read, 1L, 1L, 1L, 1L, 10L, 0L, 20L)),
                List.of(new InterfaceCounters("tap1", bytes, 1L, 0L, 0L, bytes, 1L, 0L, 0L)),
                Map.of("cpu_cycles", 7L));
    }
}
