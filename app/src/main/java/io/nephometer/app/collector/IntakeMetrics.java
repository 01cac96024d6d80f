// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.nephometer.model.Fate;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.BatchOutcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The figures of one source's way into the ledger. Thread-safe. */
final class IntakeMetrics implements BatchObserver {
    private final Map<Fate, Counter> messages = new EnumMap<>(Fate.class);
    private final Counter samples;
    private final Counter samplesRefused;
    private final Timer batches;
    private final Counter outages;
    private final Timer stopped;

    IntakeMetrics(MeterRegistry registry, String source) {
        Tags tags = Tags.of("source", source);
        for (Fate fate : Fate.values()) {
            String label = fate.name().toLowerCase(Locale.ROOT);
            messages.put(fate, registry.counter("nephometer.messages", tags.and("fate", label)));
        }
        samples = registry.counter("nephometer.samples", tags);
        samplesRefused = registry.counter("nephometer.samples.refused", tags);
        batches = registry.timer("nephometer.batches", tags);
        outages = registry.counter("nephometer.batches.postponed", tags);
        stopped = registry.timer("nephometer.consuming.stopped", tags);
    }

    @Override
    public void done(BatchOutcome.Done outcome, Duration took) {
        messages.forEach((fate, counter) ->
                counter.increment(outcome.fates().getOrDefault(fate, 0).doubleValue()));
        samples.increment(outcome.samples());
        samplesRefused.increment(outcome.samplesRefused());
        batches.record(took);
    }

    @Override
    public void postponed(String cause) {
        outages.increment();
    }

    @Override
    public void resumed(Duration time) {
        stopped.record(time);
    }
}
