// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.HostInventory;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The figures of the metadata cache, read when somebody asks for them. */
final class CacheMetrics {
    private CacheMetrics() {}

    static void bind(MeterRegistry registry, HostInventory inventory) {
        gauge(
                registry,
                inventory,
                "nephometer.cache.age.seconds",
                "Age of the metadata, by the services' clock",
                CacheMetrics::age);
        gauge(
                registry,
                inventory,
                "nephometer.cache.clock.ahead.seconds",
                "By how much the clock of this host is ahead of Nova's",
                CacheMetrics::clockAhead);
        gauge(registry, inventory, "nephometer.cache.instances", "Instances held", report -> report.instances()
                .entries());
        gauge(registry, inventory, "nephometer.cache.flavors", "Flavors held", report -> report.flavors()
                .entries());
        gauge(registry, inventory, "nephometer.cache.images", "Images held", report -> report.images()
                .entries());
        gauge(
                registry,
                inventory,
                "nephometer.cache.failures",
                "Refreshes that failed in a row",
                CacheReport::failures);
        requests(registry, inventory, "listing", report -> report.counts()
                .requests()
                .listings());
        requests(registry, inventory, "server", report -> report.counts()
                .requests()
                .servers());
        requests(registry, inventory, "flavor", report -> report.counts()
                .requests()
                .flavors());
        requests(registry, inventory, "image", report -> report.counts()
                .requests()
                .images());
    }

    private static double clockAhead(CacheReport report) {
        Duration ahead = report.clockAhead();
        return ahead == null ? Double.NaN : ahead.toMillis() / 1000.0;
    }

    private static double age(CacheReport report) {
        return report.asOf() == null ? Double.NaN : report.age().toMillis() / 1000.0;
    }

    private static void gauge(
            MeterRegistry registry,
            HostInventory inventory,
            String name,
            String description,
            ToDoubleFunction<CacheReport> figure) {
        Gauge.builder(name, inventory, held -> figure.applyAsDouble(held.report()))
                .description(description)
                .register(registry);
    }

    private static void requests(
            MeterRegistry registry, HostInventory inventory, String kind, ToDoubleFunction<CacheReport> figure) {
        FunctionCounter.builder("nephometer.cache.requests", inventory, held -> figure.applyAsDouble(held.report()))
                .description("What the cache asked of Nova and Glance")
                .tag("kind", kind)
                .register(registry);
    }
}
