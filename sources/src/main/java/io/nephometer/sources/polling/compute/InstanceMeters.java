// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static io.nephometer.model.MeterType.CUMULATIVE;
import static io.nephometer.model.MeterType.GAUGE;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.CpuCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.MemoryCounters;
import io.nephometer.inventory.discovery.DiscoveredInstance;
import io.nephometer.model.Meter;
import io.nephometer.sources.polling.compute.Pollster.Scope;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** State, processors, memory, sizes and hardware counters: what an instance has once. */
final class InstanceMeters {
    private static final double KIB_PER_MIB = 1024;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    private static final Series CPU_TIME = InstanceSeries.with(InstanceMeters::cpuTime, InstanceMeters::cpuNumber);

    private InstanceMeters() {}

    static List<Pollster> all() {
        return List.of(
                Pollster.direct(
                        new Meter("power.state", GAUGE, ""), Set.of(), Scope.DEFINED, InstanceSeries.of(domain ->
                                (long) domain.state().number())),
                cpu(new Meter("cpu", CUMULATIVE, "ns"), Derivation.none()),
                cpu(new Meter("cpu_util", GAUGE, "%"), new Derivation.Rate(InstanceMeters::utilisation)),
                Pollster.direct(
                        new Meter("vcpus", GAUGE, "vcpu"),
                        Set.of(CounterGroup.CPU),
                        Scope.DEFINED,
                        InstanceSeries.of(InstanceMeters::vcpus)),
                memory("memory", Scope.DEFINED, MemoryCounters::actual),
                memory("memory.available", Scope.RUNNING, MemoryCounters::available),
                memory("memory.usage", Scope.RUNNING, InstanceMeters::used),
                memory("memory.resident", Scope.RUNNING, MemoryCounters::resident),
                swap("memory.swap.in", MemoryCounters::swapIn),
                swap("memory.swap.out", MemoryCounters::swapOut),
                flavor("disk.root.size", InstanceMeters::rootDisk),
                flavor("disk.ephemeral.size", InstanceMeters::ephemeralDisk),
                perf("perf.cpu.cycles", "cpu_cycles"),
                perf("perf.instructions", "instructions"),
                perf("perf.cache.references", "cache_references"),
                perf("perf.cache.misses", "cache_misses"));
    }

    private static Pollster cpu(Meter meter, Derivation derivation) {
        return new Pollster(meter, Set.of(CounterGroup.CPU), Scope.RUNNING, CPU_TIME, derivation);
    }

    private static @Nullable Number cpuTime(Domain domain) {
        CpuCounters cpu = domain.cpu();
        return cpu == null ? null : cpu.timeNs();
    }

    private static Map<String, @Nullable Object> cpuNumber(Domain domain) {
        return Collections.singletonMap("cpu_number", vcpus(domain));
    }

    private static @Nullable Number vcpus(Domain domain) {
        CpuCounters cpu = domain.cpu();
        return cpu == null || cpu.count() == null ? null : (Number) cpu.count().longValue();
    }

    /** Of all processors together. A clock that is read a little late must not make more than all of it. */
    private static @Nullable Double utilisation(double nanosPerSecond, DiscoveredInstance instance) {
        Domain domain = instance.domain();
        Number vcpus = domain == null ? null : vcpus(domain);
        if (vcpus == null || vcpus.longValue() < 1) {
            return null;
        }
        return Math.min(PERCENT, PERCENT * nanosPerSecond / NANOS_PER_SECOND / vcpus.longValue());
    }

    private static Pollster memory(String name, Scope scope, Function<MemoryCounters, @Nullable Long> kib) {
        return memory(new Meter(name, GAUGE, "MiB"), scope, kib);
    }

    private static Pollster memory(Meter meter, Scope scope, Function<MemoryCounters, @Nullable Long> kib) {
        return Pollster.direct(
                meter,
                Set.of(CounterGroup.MEMORY),
                scope,
                InstanceSeries.of(domain -> mebibytes(domain.memory(), kib)));
    }

    private static @Nullable Number mebibytes(
            @Nullable MemoryCounters memory, Function<MemoryCounters, @Nullable Long> kib) {
        Long value = memory == null ? null : kib.apply(memory);
        return value == null ? null : (Number) (value / KIB_PER_MIB);
    }

    private static @Nullable Long used(MemoryCounters memory) {
        Long rest = memory.usable() == null ? memory.unused() : memory.usable();
        return memory.available() == null || rest == null ? null : (Long) (memory.available() - rest);
    }

    /** Only if both are told, as Ceilometer has it. */
    private static Pollster swap(String name, Function<MemoryCounters, @Nullable Long> kib) {
        return memory(
                new Meter(name, CUMULATIVE, "MiB"),
                Scope.RUNNING,
                memory -> memory.swapIn() == null || memory.swapOut() == null ? null : kib.apply(memory));
    }

    private static Pollster flavor(String name, Function<DiscoveredInstance, @Nullable Number> size) {
        return Pollster.direct(new Meter(name, GAUGE, "GiB"), Set.of(), Scope.KNOWN, InstanceSeries.known(size));
    }

    private static @Nullable Number rootDisk(DiscoveredInstance instance) {
        return instance.flavor() == null
                ? null
                : (Number) (long) instance.flavor().diskGiB();
    }

    private static @Nullable Number ephemeralDisk(DiscoveredInstance instance) {
        return instance.flavor() == null
                ? null
                : (Number) (long) instance.flavor().ephemeralGiB();
    }

    private static Pollster perf(String name, String counter) {
        return Pollster.direct(
                new Meter(name, GAUGE, ""),
                Set.of(CounterGroup.PERF),
                Scope.RUNNING,
                InstanceSeries.of(domain -> domain.perf().get(counter)));
    }
}
