// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The list {@code metrics} of {@code compute.metrics.update}, made of what a hypervisor showed: names, order and units are those of Nova's
 * monitor {@code cpu.virt_driver}; shares are of 1.
 */
final class HostMetrics {
    private static final String SOURCE = "nephometer";

    private HostMetrics() {}

    static List<Map<String, Object>> of(HostReadings.Both readings) {
        Map<String, Double> shown = readings.last().shown();
        Map<String, Double> shares = shares(readings);
        List<Map<String, Object>> metrics = new ArrayList<>();
        Instant at = readings.last().at();
        add("cpu.frequency", shown.get(HostMeters.FREQUENCY), true, at, metrics);
        for (String time : HostMeters.TIMES) {
            add(name(time), shown.get(time), true, at, metrics);
        }
        for (String time : HostMeters.TIMES) {
            add(name(time).replace(".time", ".percent"), shares.get(time), false, at, metrics);
        }
        Double idle = shares.get(HostMeters.IDLE);
        add("cpu.percent", idle == null ? null : 1 - idle, false, at, metrics);
        return metrics;
    }

    private static String name(String meter) {
        return meter.substring("host.".length());
    }

    private static void add(
            String name, @Nullable Double value, boolean whole, Instant at, List<Map<String, Object>> metrics) {
        if (value != null) {
            Map<String, Object> metric = new LinkedHashMap<>();
            metric.put("name", name);
            metric.put("value", whole ? (Object) Math.round(value) : value);
            metric.put("timestamp", NovaTime.lifetime(at));
            metric.put("source", SOURCE);
            metrics.add(metric);
        }
    }

    /** Of the time between both readings; none if one is missing, or the host was started in between. */
    private static Map<String, Double> shares(HostReadings.Both readings) {
        HostReadings.Reading before = readings.before();
        Map<String, Double> grown = new TreeMap<>();
        double all = 0;
        for (String meter : HostMeters.TIMES) {
            Double last = readings.last().shown().get(meter);
            Double first = before == null ? null : before.shown().get(meter);
            if (last == null || first == null || last < first) {
                return Map.of();
            }
            grown.put(meter, last - first);
            all += last - first;
        }
        double sum = all;
        if (sum <= 0) {
            return Map.of();
        }
        grown.replaceAll((_, by) -> by / sum);
        return grown;
    }
}
