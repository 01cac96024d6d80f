// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import static io.nephometer.model.MeterType.CUMULATIVE;
import static io.nephometer.model.MeterType.DELTA;
import static io.nephometer.model.MeterType.GAUGE;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainDescription;
import io.nephometer.hypervisor.InterfaceCounters;
import io.nephometer.hypervisor.InterfaceDescription;
import io.nephometer.inventory.discovery.DiscoveredInstance;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.sources.polling.compute.Pollster.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Meters of each network interface. The resource is its network filter if that is its own, as Nova's are; otherwise
 * {@code <name of the domain>-<instance>-<tap>}. A filter that others have as well, on whatever host, would make their samples one.
 * An interface without a MAC address in the description has no meters.
 */
final class NetworkMeters {
    private static final Set<CounterGroup> NEEDS = Set.of(CounterGroup.NETWORK);
    /** What grew needs to know whether the domain was started anew, which its processor time tells. */
    private static final Set<CounterGroup> GROWTH_NEEDS = Set.of(CounterGroup.NETWORK, CounterGroup.CPU);

    private NetworkMeters() {}

    static List<Pollster> all() {
        List<Pollster> pollsters = new ArrayList<>();
        direction(
                pollsters,
                "network.incoming.",
                InterfaceCounters::receivedBytes,
                InterfaceCounters::receivedPackets,
                InterfaceCounters::receiveErrors,
                InterfaceCounters::receiveDrops);
        direction(
                pollsters,
                "network.outgoing.",
                InterfaceCounters::sentBytes,
                InterfaceCounters::sentPackets,
                InterfaceCounters::sendErrors,
                InterfaceCounters::sendDrops);
        return pollsters;
    }

    private static void direction(
            List<Pollster> pollsters,
            String prefix,
            Function<InterfaceCounters, @Nullable Long> bytes,
            Function<InterfaceCounters, @Nullable Long> packets,
            Function<InterfaceCounters, @Nullable Long> errors,
            Function<InterfaceCounters, @Nullable Long> drops) {
        pollsters.add(counter(prefix + "bytes", "B", bytes));
        pollsters.add(growth(prefix + "bytes.delta", DELTA, "B", Derivation.delta(), bytes));
        pollsters.add(growth(prefix + "bytes.rate", GAUGE, "B/s", Derivation.perSecond(), bytes));
        pollsters.add(counter(prefix + "packets", "packet", packets));
        pollsters.add(growth(prefix + "packets.rate", GAUGE, "packet/s", Derivation.perSecond(), packets));
        pollsters.add(counter(prefix + "packets.error", "packet", errors));
        pollsters.add(counter(prefix + "packets.drop", "packet", drops));
    }

    private static Pollster counter(String name, String unit, Function<InterfaceCounters, @Nullable Long> value) {
        return Pollster.direct(new Meter(name, CUMULATIVE, unit), NEEDS, Scope.RUNNING, series(value));
    }

    private static Pollster growth(
            String name,
            MeterType type,
            String unit,
            Derivation derivation,
            Function<InterfaceCounters, @Nullable Long> value) {
        return new Pollster(new Meter(name, type, unit), GROWTH_NEEDS, Scope.RUNNING, series(value), derivation);
    }

    private static Series series(Function<InterfaceCounters, @Nullable Long> value) {
        return instance -> {
            List<Reading> readings = new ArrayList<>();
            Domain domain = instance.domain();
            if (domain != null) {
                for (InterfaceCounters counters : domain.interfaces()) {
                    description(domain, counters.tap())
                            .ifPresent(described ->
                                    readings.add(reading(instance, domain, described, value.apply(counters))));
                }
            }
            return readings;
        };
    }

    private static Optional<InterfaceDescription> description(Domain domain, String tap) {
        DomainDescription description = domain.description();
        List<InterfaceDescription> interfaces = description == null ? List.of() : description.interfaces();
        return interfaces.stream()
                .filter(described -> described.tap().equals(tap) && described.mac() != null)
                .findFirst();
    }

    private static Reading reading(
            DiscoveredInstance instance, Domain domain, InterfaceDescription described, @Nullable Long value) {
        String filter = described.filter();
        String id = filter != null && isOwn(filter, described)
                ? filter
                : domain.name() + "-" + instance.id() + "-" + described.tap();
        Map<String, @Nullable Object> extras = new LinkedHashMap<>();
        extras.put("name", described.tap());
        extras.put("mac", described.mac());
        extras.put("fref", filter);
        extras.put("parameters", described.parameters());
        extras.put("vnic_name", filter == null ? described.tap() : filter);
        return new Reading(id, value, extras);
    }

    /** Whether its name names this interface, by MAC address or tap. Whether others have it cannot be seen from one host. */
    private static boolean isOwn(String filter, InterfaceDescription described) {
        String name = filter.toLowerCase(Locale.ROOT);
        String mac = String.valueOf(described.mac()).toLowerCase(Locale.ROOT);
        return name.contains(mac) || name.contains(mac.replace(":", "")) || filter.contains(described.tap());
    }
}
