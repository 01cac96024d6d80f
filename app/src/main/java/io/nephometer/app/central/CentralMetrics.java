// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.coordination.CoordinationFailure;
import io.nephometer.coordination.ownership.Loss;
import io.nephometer.coordination.ownership.OwnershipObserver;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.bus.BusObserver;
import io.nephometer.sources.polling.bus.CarryReport;
import io.nephometer.sources.polling.duty.DutyObserver;
import io.nephometer.sources.polling.spool.Spool;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Counts what a central agent owns, measures, misses, and keeps on disk. */
final class CentralMetrics implements OwnershipObserver, DutyObserver, BusObserver {
    private final MeterRegistry registry;
    private final BiConsumer<WorkUnit, Tenure> onFence;

    /** @param onFence told of units that another member turned out to own */
    CentralMetrics(MeterRegistry registry, BiConsumer<WorkUnit, Tenure> onFence) {
        this.registry = registry;
        this.onFence = onFence;
    }

    void bind(Supplier<Number> owned, Spool spool) {
        Gauge.builder("nephometer.central.units", owned)
                .description("Units of work that this member owns")
                .register(registry);
        Gauge.builder("nephometer.central.spool.bytes", spool, Spool::bytes)
                .description("Bytes that wait on disk for the ledger")
                .register(registry);
    }

    /** Samples that the ledger had already. */
    Counter refused() {
        return registry.counter("nephometer.central.samples.refused");
    }

    private void count(String name, String key, String value, double amount) {
        registry.counter(name, key, value).increment(amount);
    }

    @Override
    public void beat(Duration took) {
        registry.timer("nephometer.central.beats").record(took);
    }

    @Override
    public void beatFailed(CoordinationFailure why) {
        count("nephometer.central.beats.failed", "reason", why.label(), 1);
    }

    @Override
    public void dropped() {
        registry.counter("nephometer.central.dropped").increment();
    }

    @Override
    public void notGranted() {
        registry.counter("nephometer.central.epochs.failed").increment();
    }

    @Override
    public void gained() {
        registry.counter("nephometer.central.units.gained").increment();
    }

    @Override
    public void lost(Loss why) {
        count("nephometer.central.units.lost", "reason", why.label(), 1);
    }

    @Override
    public void fenced(WorkUnit unit, Tenure tenure) {
        registry.counter("nephometer.central.slots.fenced").increment();
        onFence.accept(unit, tenure);
    }

    @Override
    public void done(WorkUnit unit, Slot slot, Duration after, int samples) {
        registry.timer("nephometer.central.slots", "source", unit.source()).record(after);
        count("nephometer.central.samples", "source", unit.source(), samples);
    }

    @Override
    public void missed(WorkUnit unit, Slot slot, String reason) {
        count("nephometer.central.slots.missed", "reason", reason, 1);
    }

    @Override
    public void delivered(int messages, int samples, long bytes) {
        registry.counter("nephometer.central.messages").increment(messages);
    }

    @Override
    public void undelivered(CarryReport.Trouble why, int messages) {
        count("nephometer.central.undelivered", "reason", why.label(), messages);
    }

    @Override
    public void spooled(int messages, long bytes) {
        registry.counter("nephometer.central.spool.written").increment(messages);
    }

    @Override
    public void drained(int messages) {
        registry.counter("nephometer.central.spool.drained").increment(messages);
    }

    @Override
    public void lost(String reason, int messages, long samples) {
        count("nephometer.central.spool.lost", "reason", reason, (double) samples);
    }

    @Override
    public void spoolFailed(int messages) {
        registry.counter("nephometer.central.spool.failures").increment(messages);
    }

    @Override
    public void damaged(long bytes) {
        registry.counter("nephometer.central.spool.damaged.bytes").increment((double) bytes);
    }
}
