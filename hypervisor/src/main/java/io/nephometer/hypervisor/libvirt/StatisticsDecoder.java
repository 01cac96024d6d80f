// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import static io.nephometer.hypervisor.libvirt.Quantity.*;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.DomainState;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.MemoryCounters;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From libvirt's typed parameters of one domain to its counters. Not thread-safe; public for its benchmark. */
public final class StatisticsDecoder {
    private static final DomainState[] STATES = DomainState.values();
    private static final MemoryCounters NOTHING = new MemoryCounters(null, null, null, null, null, null, null);

    private final TypedParameters parameters = new TypedParameters();
    private final DomainReading reading = new DomainReading();

    /**
     * Decodes one domain.
     *
     * @param typedParameters an array of {@code virTypedParameter}, of exactly its size
     */
    public DomainCounters decode(MemorySegment typedParameters, Set<CounterGroup> wanted) {
        parameters.read(typedParameters, reading);
        DomainState state = state();
        return new DomainCounters(
                state, cpu(), memory(), disks(), interfaces(), reading.perf(), missing(state, wanted));
    }

    private DomainState state() {
        Long number = reading.get(STATE);
        return number == null || number >= STATES.length ? DomainState.NOSTATE : STATES[number.intValue()];
    }

    private @Nullable CpuCounters cpu() {
        Long count = reading.get(VCPU_CURRENT);
        Long time = reading.get(CPU_TIME);
        Long vcpuTime = vcpuTime();
        if (count == null && time == null) {
            return null;
        }
        return new CpuCounters(vcpuTime != null ? vcpuTime : time, count == null ? null : Math.toIntExact(count));
    }

    /**
     * Ceilometer's rule: the time in which the virtual processors ran or waited for a processor of the host; null, so that the
     * time of the whole process counts, if it is not said of as many processors as are on.
     */
    private @Nullable Long vcpuTime() {
        Long current = reading.get(VCPU_CURRENT);
        Long maximum = reading.get(VCPU_MAXIMUM);
        if (current == null || maximum == null) {
            return null;
        }
        long sum = 0;
        long found = 0;
        for (int i = 0; i < reading.rows() && i < maximum; i++) {
            Long time = reading.get(VCPU_TIME, i);
            Long wait = reading.get(VCPU_WAIT, i);
            if (time != null && wait != null) {
                sum += time + wait;
                found++;
            }
        }
        return found == current ? sum : null;
    }

    private @Nullable MemoryCounters memory() {
        MemoryCounters memory = new MemoryCounters(
                reading.get(BALLOON_CURRENT),
                reading.get(BALLOON_AVAILABLE),
                reading.get(BALLOON_USABLE),
                reading.get(BALLOON_UNUSED),
                reading.get(BALLOON_RSS),
                reading.get(BALLOON_SWAP_IN),
                reading.get(BALLOON_SWAP_OUT));
        return memory.equals(NOTHING) ? null : memory;
    }

    private List<DiskCounters> disks() {
        List<DiskCounters> disks = new ArrayList<>();
        for (int i = 0; i < reading.rows(); i++) {
            String name = reading.blockName(i);
            if (name != null && hasSource(i)) {
                disks.add(new DiskCounters(
                        name,
                        reading.get(BLOCK_RD_REQUESTS, i),
                        reading.get(BLOCK_RD_BYTES, i),
                        reading.get(BLOCK_RD_TIMES, i),
                        reading.get(BLOCK_WR_REQUESTS, i),
                        reading.get(BLOCK_WR_BYTES, i),
                        reading.get(BLOCK_WR_TIMES, i),
                        reading.get(BLOCK_CAPACITY, i),
                        reading.get(BLOCK_ALLOCATION, i),
                        reading.get(BLOCK_PHYSICAL, i)));
            }
        }
        return disks;
    }

    /** An empty drive has counters of requests, but neither a path (nor has a disk on the network), an index nor a size. */
    private boolean hasSource(int disk) {
        return reading.has(BLOCK_PATH, disk) || reading.has(BLOCK_INDEX, disk) || reading.has(BLOCK_CAPACITY, disk);
    }

    private List<InterfaceCounters> interfaces() {
        List<InterfaceCounters> interfaces = new ArrayList<>();
        for (int i = 0; i < reading.rows(); i++) {
            String name = reading.netName(i);
            if (name != null) {
                interfaces.add(new InterfaceCounters(
                        name,
                        reading.get(NET_RX_BYTES, i),
                        reading.get(NET_RX_PACKETS, i),
                        reading.get(NET_RX_ERRORS, i),
                        reading.get(NET_RX_DROPS, i),
                        reading.get(NET_TX_BYTES, i),
                        reading.get(NET_TX_PACKETS, i),
                        reading.get(NET_TX_ERRORS, i),
                        reading.get(NET_TX_DROPS, i)));
            }
        }
        return interfaces;
    }

    private Set<CounterGroup> missing(DomainState state, Set<CounterGroup> wanted) {
        Set<CounterGroup> missing = EnumSet.noneOf(CounterGroup.class);
        if (state.isActive()) {
            for (CounterGroup group : wanted) {
                if (!isSaid(group)) {
                    missing.add(group);
                }
            }
        }
        return missing;
    }

    private boolean isSaid(CounterGroup group) {
        return switch (group) {
            case CPU -> reading.has(CPU_TIME, 0);
            case MEMORY -> reading.has(BALLOON_CURRENT, 0);
            case DISK -> reading.has(BLOCK_COUNT, 0) && areDisksSaid();
            case NETWORK -> reading.has(NET_COUNT, 0);
            case PERF, STOPPED -> true; // hardware counters are off in most domains
        };
    }

    private boolean areDisksSaid() {
        for (int i = 0; i < reading.rows(); i++) {
            if (reading.has(BLOCK_NAME, i) && !reading.has(BLOCK_RD_REQUESTS, i)) {
                return false;
            }
        }
        return true;
    }
}
