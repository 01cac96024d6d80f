// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.cache.SharedReport;
import java.util.function.ToDoubleFunction;

/** What an agent has of the shared cache, read when somebody asks for it. */
final class SharedCacheMetrics {
    private SharedCacheMetrics() {}

    static void bind(MeterRegistry registry, HostInventory inventory) {
        SharedReport now = inventory.report().shared();
        if (now == null) {
            return;
        }
        for (String event : now.counts().keySet()) {
            FunctionCounter.builder(
                            "nephometer.cache.shared.events",
                            inventory,
                            held -> figure(held, report -> report.counts().getOrDefault(event, 0L)))
                    .description("What reading the shared cache brought")
                    .tag("event", event)
                    .register(registry);
        }
        gauge(
                registry,
                inventory,
                "nephometer.cache.shared.fallback",
                "1 while Nova is asked instead",
                report -> report.isFallenBack() ? 1 : 0);
        gauge(registry, inventory, "nephometer.cache.shared.unreadable", "Records left out", report -> report.skipped()
                .size());
    }

    private static void gauge(
            MeterRegistry registry,
            HostInventory inventory,
            String name,
            String description,
            ToDoubleFunction<SharedReport> figure) {
        Gauge.builder(name, inventory, held -> figure(held, figure))
                .description(description)
                .register(registry);
    }

    private static double figure(HostInventory inventory, ToDoubleFunction<SharedReport> figure) {
        SharedReport report = inventory.report().shared();
        return report == null ? Double.NaN : figure.applyAsDouble(report);
    }
}
