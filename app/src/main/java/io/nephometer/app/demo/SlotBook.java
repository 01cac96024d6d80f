// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.MetadataState;
import io.nephometer.sources.polling.SinkOutcome;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what agents hand over, and what the ledger took of it. Safe for several threads. */
final class SlotBook implements MeasurementSink {
    /** A slot of one member. */
    record MemberSlot(String member, Instant start) {}

    /** What a polled sample is, whoever measured it and whatever its id: one meter of one resource in one slot. */
    record PolledKey(String meter, String resource, Instant slot) {
        static PolledKey of(Sample sample) {
            return new PolledKey(sample.meter().name(), String.valueOf(sample.resourceId()), sample.timestamp());
        }
    }

    /**
     * What is written down.
     *
     * @param taken the samples of each measurement that the ledger took, by slot; more than one measurement is one too many
     * @param missing why nothing was measured, or nobody took it, where the ledger was told so
     * @param ages of the metadata in what was measured, taken or not
     */
    record Notes(
            Map<MemberSlot, List<List<PolledKey>>> taken,
            Map<MemberSlot, String> missing,
            Map<MemberSlot, Duration> ages) {}

    private final MeasurementSink sink;

    @GuardedBy("this") private final Map<MemberSlot, List<List<PolledKey>>> taken = new HashMap<>();

    @GuardedBy("this") private final Map<MemberSlot, String> missing = new HashMap<>();

    @GuardedBy("this") private final Map<MemberSlot, Duration> ages = new HashMap<>();

    /** @param sink where the measurements go */
    SlotBook(MeasurementSink sink) {
        this.sink = sink;
    }

    @Override
    public SinkOutcome accept(SlotMeasurements measurements) throws InterruptedException {
        SinkOutcome outcome = sink.accept(measurements);
        note(measurements, outcome instanceof SinkOutcome.Accepted);
        return outcome;
    }

    private synchronized void note(SlotMeasurements measurements, boolean isTaken) {
        Slot slot = measurements.slot();
        MemberSlot of = new MemberSlot(measurements.member(), slot.start());
        MetadataState metadata = measurements.metadata();
        if (metadata != null) {
            ages.put(of, metadata.age());
        }
        if (isTaken && measurements.isMissing()) {
            missing.put(of, measurements.shortfalls().getFirst().reason());
        } else if (isTaken) {
            List<PolledKey> samples =
                    measurements.samples().stream().map(PolledKey::of).toList();
            taken.computeIfAbsent(of, _ -> new ArrayList<>()).add(samples);
        }
    }

    synchronized Notes notes() {
        return new Notes(Map.copyOf(taken), Map.copyOf(missing), Map.copyOf(ages));
    }

    /** Slots that the ledger took. */
    synchronized int done() {
        return taken.size();
    }
}
