// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nephometer.sources.polling.compute.ComputeObserver;
import io.nephometer.sources.polling.compute.Skip;
import io.nephometer.sources.polling.slots.SlotObserver;
import java.time.Duration;

/** Counts what is measured and what is not. */
final class PollingMetrics implements ComputeObserver, SlotObserver {
    private final MeterRegistry registry;

    PollingMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void inspected(Duration took, int domains, int faults) {
        timer("nephometer.hypervisor.inspections", "Questions to the hypervisor that were answered")
                .record(took);
        registry.counter("nephometer.hypervisor.domains").increment(domains);
        registry.counter("nephometer.hypervisor.faults").increment(faults);
    }

    @Override
    public void sampled(String pollster, int samples) {
        registry.counter("nephometer.polling.samples", "pollster", pollster).increment(samples);
    }

    @Override
    public void skipped(String pollster, Skip why, int resources) {
        registry.counter("nephometer.polling.skipped", "pollster", pollster, "reason", why.label())
                .increment(resources);
    }

    @Override
    public void measured(Duration interval, Duration after, Duration took, int samples) {
        timer("nephometer.polling.cycles", "Slots that were measured and handed over")
                .record(took);
    }

    @Override
    public void missed(Duration interval, String reason, long slots) {
        registry.counter("nephometer.polling.missed", "reason", reason).increment((double) slots);
    }

    @Override
    public void lost(Duration interval, int samples, String reason) {
        registry.counter("nephometer.polling.lost", "reason", reason).increment(samples);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }
}
