// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.spool.Spool;

/** Counts what goes to the bus, what waits on disk, and what was lost there. */
final class BusMetrics implements BusObserver {
    private final MeterRegistry registry;

    BusMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    static void bind(MeterRegistry registry, Spool spool) {
        Gauge.builder("nephometer.spool.bytes", spool, Spool::bytes)
                .description("Bytes that wait on disk for the bus")
                .register(registry);
        Gauge.builder("nephometer.spool.messages", spool, Spool::messages)
                .description("Messages that wait on disk for the bus")
                .register(registry);
    }

    @Override
    public void delivered(int messages, int samples, long bytes) {
        count("nephometer.bus.messages", messages);
        count("nephometer.bus.samples", samples);
        count("nephometer.bus.bytes", (double) bytes);
    }

    @Override
    public void undelivered(CarryReport.Trouble why, int messages) {
        registry.counter("nephometer.bus.undelivered", "reason", why.label()).increment(messages);
    }

    @Override
    public void spooled(int messages, long bytes) {
        count("nephometer.spool.written", messages);
    }

    @Override
    public void drained(int messages) {
        count("nephometer.spool.drained", messages);
    }

    @Override
    public void lost(String reason, int messages, long samples) {
        registry.counter("nephometer.spool.lost", "reason", reason).increment((double) samples);
        registry.counter("nephometer.spool.lost.messages", "reason", reason).increment(messages);
    }

    @Override
    public void spoolFailed(int messages) {
        count("nephometer.spool.failures", messages);
    }

    @Override
    public void damaged(long bytes) {
        count("nephometer.spool.damaged.bytes", (double) bytes);
    }

    private void count(String name, double amount) {
        registry.counter(name).increment(amount);
    }
}
