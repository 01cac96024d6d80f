// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.AuditResult;
import io.nephometer.sources.audits.AuditSink;
import io.nephometer.store.ledger.InventoryReader.Mark;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The figures of audits. */
final class AuditMetrics implements AuditObserver {
    private final MeterRegistry registry;
    private final Supplier<Optional<Ledger>> ledger;

    AuditMetrics(MeterRegistry registry, Supplier<Optional<Ledger>> ledger) {
        this.registry = registry;
        this.ledger = ledger;
        Gauge.builder("nephometer.inventory.watermark.age.seconds", this, AuditMetrics::age)
                .description("How long ago everything that the inventory is complete of had happened")
                .register(registry);
    }

    private double age() {
        try {
            Optional<Ledger> open = ledger.get();
            Optional<Mark> mark = open.flatMap(it -> it.inventory().mark(InventoryFeed.SOURCE));
            return mark.isEmpty()
                    ? Double.NaN
                    : Duration.between(
                                            mark.get().until(),
                                            open.orElseThrow().audits().now())
                                    .toMillis()
                            / 1000.0;
        } catch (LedgerException e) {
            return Double.NaN;
        }
    }

    @Override
    public void ended(String task, AuditResult result) {
        Counter.builder("nephometer.audit.runs")
                .description("Audits of a share of the hosts and a period that were tried")
                .tags("task", task, "result", label(result))
                .register(registry)
                .increment();
        if (result instanceof AuditResult.Done(int _, AuditSink.Taken taken)) {
            events("added", taken.added());
            events("known", taken.known());
            events("otherwise", taken.otherwise());
            events("refused", taken.refused());
        }
    }

    private void events(String outcome, int count) {
        Counter.builder("nephometer.audit.events")
                .description("Events that audits told the ledger")
                .tags("outcome", outcome)
                .register(registry)
                .increment(count);
    }

    private static String label(AuditResult result) {
        return switch (result) {
            case AuditResult.Done _ -> "done";
            case AuditResult.Held _ -> "held";
            case AuditResult.NotKnown _ -> "not_known";
            case AuditResult.Taken _ -> "taken";
            case AuditResult.Lost _ -> "lost";
            case AuditResult.Failed _ -> "failed";
        };
    }
}
