// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.ingest;

import io.nephometer.model.Fate;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.BatchOutcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what became of messages. One thread counts; any may read. */
public final class Tally implements BatchObserver {
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private long samples;
    private long samplesRefused;

    @Override
    public synchronized void done(BatchOutcome.Done outcome, Duration took) {
        outcome.fates().forEach((fate, count) -> fates.merge(fate, count.longValue(), Long::sum));
        samples += outcome.samples();
        samplesRefused += outcome.samplesRefused();
    }

    @Override
    public void postponed(String cause) {}

    @Override
    public void resumed(Duration stopped) {}

    /** Messages with this fate. */
    public synchronized long count(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }

    /** Samples newly in the ledger. */
    public synchronized long samples() {
        return samples;
    }

    /** Polled samples that the ledger had already. */
    public synchronized long samplesRefused() {
        return samplesRefused;
    }

    /** Messages that are settled: the sum over all fates. */
    public synchronized long read() {
        return fates.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The summary of the commands: {@code read} is the sum of the others but {@code samples}. */
    public synchronized Map<String, Long> summary() {
        Map<String, Long> summary = new LinkedHashMap<>();
        summary.put("read", read());
        summary.put("events", count(Fate.EVENT));
        summary.put("samples", samples);
        summary.put("recovered", count(Fate.RECOVERED));
        summary.put("duplicates", count(Fate.DUPLICATE));
        summary.put("conflicts", count(Fate.CONFLICT));
        summary.put("sample_only", count(Fate.SAMPLE_ONLY));
        summary.put("unmatched", count(Fate.UNMATCHED));
        return summary;
    }
}
