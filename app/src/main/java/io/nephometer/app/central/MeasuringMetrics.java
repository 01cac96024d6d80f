// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.sources.polling.central.CentralObserver;

/** Counts what is found by the APIs, and what is missing or noteworthy. Partitions of one discovery are counted as one. */
final class MeasuringMetrics implements CentralObserver {
    private final MeterRegistry registry;

    MeasuringMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private static String discovery(String unit) {
        int slash = unit.indexOf('/');
        return slash < 0 ? unit : unit.substring(0, slash);
    }

    @Override
    public void measured(String unit, int resources, int samples) {
        registry.counter("nephometer.central.resources", "unit", discovery(unit))
                .increment(resources);
    }

    @Override
    public void fell(String unit, String reason, long count) {
        registry.counter("nephometer.central.shortfalls", "unit", discovery(unit), "reason", reason)
                .increment((double) Math.max(1, count));
    }

    @Override
    public void noted(String unit, String reason, long count) {
        registry.counter("nephometer.central.notes", "unit", discovery(unit), "reason", reason)
                .increment((double) count);
    }
}
