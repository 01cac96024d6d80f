// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.HealthRegistry;

/** The metrics of this process: those of the JVM, and what its parts add to {@link #registry()}. */
public final class Metrics implements AutoCloseable {
    /** Time series beyond this are refused, so that a label with too many values cannot fill the memory. */
    static final int MAX_METRICS = 10_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    public Metrics() {
        registry.config().meterFilter(MeterFilter.maximumAllowableMetrics(MAX_METRICS));
        gc.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /** Where parts register their counters, gauges and timers, named {@code nephometer.part.what}. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Adds a gauge for each component: 1 up, 0.5 degraded, 0 down. */
    private void showHealth(HealthRegistry health) {
        for (String component : health.read().keySet()) {
            if (registry.find("nephometer.health").tag("component", component).gauge() != null) {
                continue; // registering it again would log a warning
            }
            Gauge.builder("nephometer.health", health, all -> level(all.read(component)))
                    .description("1 up, 0.5 degraded, 0 down")
                    .tag("component", component)
                    .register(registry);
        }
    }

    private static double level(Health health) {
        return switch (health) {
            case Health.Up _ -> 1;
            case Health.Degraded _ -> 0.5;
            case Health.Down _ -> 0;
        };
    }

    /**
     * All metrics as text, and the health of the components among them.
     *
     * @param contentType of Prometheus' text format or of OpenMetrics
     */
    String scrape(String contentType, HealthRegistry health) {
        showHealth(health);
        return registry.scrape(contentType);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
