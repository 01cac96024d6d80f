// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling;

import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one member measured in one slot, or that it measured nothing and why.
 *
 * @param member who measured: the host of a compute agent
 * @param measured when the counters were read; null if they were not
 * @param metadata how old the samples' metadata is; null if they have none
 * @param samples each with the slot's start as its time, and the slot's id for its meter and resource
 * @param shortfalls what should have been measured and was not
 * @param tenure under what right it was measured, if several members may measure the same; null if nobody else can
 */
public record SlotMeasurements(
        Slot slot,
        String member,
        @Nullable MeasuringTime measured,
        @Nullable MetadataState metadata,
        List<Sample> samples,
        List<Shortfall> shortfalls,
        @Nullable Tenure tenure) {
    public SlotMeasurements {
        samples = List.copyOf(samples);
        shortfalls = List.copyOf(shortfalls);
    }

    /** What nobody else can measure. */
    public SlotMeasurements(
            Slot slot,
            String member,
            @Nullable MeasuringTime measured,
            @Nullable MetadataState metadata,
            List<Sample> samples,
            List<Shortfall> shortfalls) {
        this(slot, member, measured, metadata, samples, shortfalls, null);
    }

    /** The same, under a tenure. */
    public SlotMeasurements under(Tenure right) {
        return new SlotMeasurements(slot, member, measured, metadata, samples, shortfalls, right);
    }

    /** The same, with other samples. */
    public SlotMeasurements with(List<Sample> others) {
        return new SlotMeasurements(slot, member, measured, metadata, others, shortfalls, tenure);
    }

    /** Nothing was measured in the slot. */
    public static SlotMeasurements missing(Slot slot, String member, Shortfall why) {
        return new SlotMeasurements(slot, member, null, null, List.of(), List.of(why));
    }

    /** Whether nothing was measured at all, as opposed to: there was nothing to measure. */
    public boolean isMissing() {
        return measured == null;
    }
}
