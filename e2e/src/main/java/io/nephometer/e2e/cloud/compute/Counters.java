// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of one domain as meters, by what the documentation says of each.
 *
 * @param values by meter and part of the domain
 */
record Counters(Map<Part, Double> values) {
    private static final double KIB_PER_MIB = 1024;
    private static final Map<String, String> DISK = Map.of(
            "rd.reqs", "disk.device.read.requests",
            "rd.bytes", "disk.device.read.bytes",
            "rd.times", "disk.device.read.latency",
            "wr.reqs", "disk.device.write.requests",
            "wr.bytes", "disk.device.write.bytes",
            "wr.times", "disk.device.write.latency",
            "physical", "disk.device.usage");
    private static final Map<String, String> NETWORK = Map.of(
            "rx.bytes", "network.incoming.bytes",
            "rx.pkts", "network.incoming.packets",
            "rx.errs", "network.incoming.packets.error",
            "rx.drop", "network.incoming.packets.drop",
            "tx.bytes", "network.outgoing.bytes",
            "tx.pkts", "network.outgoing.packets",
            "tx.errs", "network.outgoing.packets.error",
            "tx.drop", "network.outgoing.packets.drop");

    Counters {
        values = Map.copyOf(values);
    }

    /**
     * A meter of a part.
     *
     * @param device name of the disk or of the interface on the host; empty: of the domain as a whole
     */
    record Part(String meter, String device) {}

    static Counters of(Map<String, String> says) {
        Map<Part, Double> values =
                new TreeMap<>(Comparator.comparing(Part::meter).thenComparing(Part::device));
        put(values, "power.state", says.get("state.state"));
        put(values, "vcpus", says.get("vcpu.current"));
        put(values, "memory", says.get("balloon.current"));
        values.computeIfPresent(new Part("memory", ""), (_, kib) -> kib / KIB_PER_MIB);
        values.put(
                new Part("cpu", ""),
                IntStream.range(0, count(says, "vcpu.maximum"))
                        .mapToDouble(
                                cpu -> number(says, "vcpu." + cpu + ".time") + number(says, "vcpu." + cpu + ".wait"))
                        .sum());
        devices(values, says, "block", DISK);
        devices(values, says, "net", NETWORK);
        return new Counters(values);
    }

    private static void devices(
            Map<Part, Double> values, Map<String, String> says, String kind, Map<String, String> meters) {
        for (int number = 0; number < count(says, kind + ".count"); number++) {
            String prefix = kind + "." + number + ".";
            String device = says.getOrDefault(prefix + "name", "");
            meters.forEach((name, meter) -> {
                if (says.containsKey(prefix + name)) {
                    values.put(new Part(meter, device), number(says, prefix + name));
                }
            });
        }
    }

    private static void put(Map<Part, Double> values, String meter, @Nullable String value) {
        if (value != null) {
            values.put(new Part(meter, ""), Double.valueOf(value));
        }
    }

    private static int count(Map<String, String> says, String name) {
        return (int) number(says, name);
    }

    private static double number(Map<String, String> says, String name) {
        return Double.parseDouble(says.getOrDefault(name, "0"));
    }
}
