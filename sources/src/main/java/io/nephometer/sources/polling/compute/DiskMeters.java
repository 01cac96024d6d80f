// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static io.nephometer.model.MeterType.CUMULATIVE;
import static io.nephometer.model.MeterType.GAUGE;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.DiskCounters;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.inventory.discovery.DiscoveredInstance;
import io.nephometer.model.Meter;
import io.nephometer.sources.polling.compute.Pollster.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Meters of each disk ({@code disk.device.*}, resource {@code <instance>-<device>}), and those of all disks of an instance
 * together ({@code disk.*}), which Ceilometer had before Queens.
 */
final class DiskMeters {
    private static final Set<CounterGroup> NEEDS = Set.of(CounterGroup.DISK);
    /** A rate needs to know whether the domain was started anew, which its processor time tells. */
    private static final Set<CounterGroup> RATE_NEEDS = Set.of(CounterGroup.DISK, CounterGroup.CPU);

    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private DiskMeters() {}

    private record Quantity(
            String name, String unit, Scope scope, boolean counts, Function<DiskCounters, @Nullable Long> value) {}

    private static final List<Quantity> QUANTITIES = List.of(
            counter("read.requests", "request", DiskCounters::readRequests),
            counter("read.bytes", "B", DiskCounters::readBytes),
            counter("write.requests", "request", DiskCounters::writeRequests),
            counter("write.bytes", "B", DiskCounters::writeBytes),
            size("capacity", DiskMeters::capacity),
            size("allocation", DiskMeters::allocation),
            size("usage", DiskCounters::physical));

    private static final List<Quantity> LATENCIES = List.of(
            counter("read.latency", "ns", DiskCounters::readNs), counter("write.latency", "ns", DiskCounters::writeNs));

    static List<Pollster> all() {
        List<Pollster> pollsters = new ArrayList<>();
        for (Quantity quantity : QUANTITIES) {
            add(pollsters, "disk.device." + quantity.name(), quantity, perDevice(quantity.value()));
            add(pollsters, "disk." + quantity.name(), quantity, together(quantity.value()));
        }
        for (Quantity latency : LATENCIES) {
            pollsters.add(direct("disk.device." + latency.name(), latency, perDevice(latency.value())));
        }
        return pollsters;
    }

    private static Quantity counter(String name, String unit, Function<DiskCounters, @Nullable Long> value) {
        return new Quantity(name, unit, Scope.RUNNING, true, value);
    }

    private static Quantity size(String name, Function<DiskCounters, @Nullable Long> value) {
        return new Quantity(name, "B", Scope.DEFINED, false, value);
    }

    private static void add(List<Pollster> pollsters, String name, Quantity quantity, Series series) {
        pollsters.add(direct(name, quantity, series));
        if (quantity.counts()) {
            Meter rate = new Meter(name + ".rate", GAUGE, quantity.unit() + "/s");
            pollsters.add(new Pollster(rate, RATE_NEEDS, quantity.scope(), series, Derivation.perSecond()));
        }
    }

    private static Pollster direct(String name, Quantity quantity, Series series) {
        Meter meter = new Meter(name, quantity.counts() ? CUMULATIVE : GAUGE, quantity.unit());
        return Pollster.direct(meter, NEEDS, quantity.scope(), series);
    }

    /** A file that is larger than the disk it holds counts. */
    private static @Nullable Long capacity(DiskCounters disk) {
        if (disk.capacity() == null || disk.physical() == null) {
            return disk.capacity();
        }
        return (Long) Math.max(disk.capacity(), disk.physical());
    }

    /** A disk that was not written to yet has no highest byte; libvirt itself then takes the size on the host. */
    private static @Nullable Long allocation(DiskCounters disk) {
        boolean untold = disk.allocation() == null || disk.allocation() == 0;
        return untold && disk.physical() != null ? disk.physical() : disk.allocation();
    }

    private static Series perDevice(Function<DiskCounters, @Nullable Long> value) {
        return instance -> disks(instance).stream()
                .map(disk -> new Reading(
                        instance.id() + "-" + disk.device(), value.apply(disk), extras(instance, disk.device())))
                .toList();
    }

    /** Which volume a disk is, its serial says; a disk of the host has none, or another. */
    private static Map<String, @Nullable Object> extras(DiscoveredInstance instance, String device) {
        Domain domain = instance.domain();
        DomainDescription description = domain == null ? null : domain.description();
        String serial = description == null ? null : description.serials().get(device);
        return serial != null && UUID_FORM.matcher(serial).matches()
                ? Map.of("disk_name", device, "volume_id", serial.toLowerCase(Locale.ROOT))
                : Map.of("disk_name", device);
    }

    private static Series together(Function<DiskCounters, @Nullable Long> value) {
        return instance -> {
            List<DiskCounters> disks = disks(instance);
            List<String> names = disks.stream().map(DiskCounters::device).toList();
            return disks.isEmpty()
                    ? List.of()
                    : List.of(new Reading(instance.id(), sum(disks, value), Map.of("device", names)));
        };
    }

    /** Null if it is not told of one of them: a sum of some would look like a counter that went back. */
    private static @Nullable Long sum(List<DiskCounters> disks, Function<DiskCounters, @Nullable Long> value) {
        long sum = 0;
        for (DiskCounters disk : disks) {
            Long one = value.apply(disk);
            if (one == null) {
                return null;
            }
            sum += one;
        }
        return sum;
    }

    private static List<DiskCounters> disks(DiscoveredInstance instance) {
        return instance.domain() == null ? List.of() : instance.domain().disks();
    }
}
