// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import io.nephometer.model.Meter;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.sources.polling.dynamic.expression.value.Conversions;
import io.nephometer.sources.polling.dynamic.expression.value.Fault;
import io.nephometer.sources.polling.dynamic.expression.value.Numbers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes samples of readings: what can be no sample is told. Each resource has one sample of a meter in a slot. */
public final class ReadingSamples {
    /** A reading is no sample: no number, no resource, or the second of its resource. */
    static final String VOLUME = "dynamic_volume";

    static final String RESOURCE = "dynamic_resource";
    static final String DOUBLE = "dynamic_double";

    private ReadingSamples() {}

    /** The samples of a slot, and what is missing. */
    public record Made(List<Sample> samples, List<Shortfall> shortfalls) {
        public Made {
            samples = List.copyOf(samples);
            shortfalls = List.copyOf(shortfalls);
        }
    }

    public static Made of(DynamicResult result, Slot slot) {
        Shortage shortage = new Shortage();
        result.shortfalls().forEach(s -> shortage.add(s.reason(), s.count(), s.detail()));
        List<Sample> samples = new ArrayList<>();
        Set<List<String>> known = new HashSet<>();
        for (Reading reading : result.readings()) {
            String resource = text(reading.resourceId());
            Number volume = volume(reading.volume());
            if (resource == null) {
                shortage.add(RESOURCE, 1, reading.name() + ": an entry has no id; set resource_id_attribute");
            } else if (volume == null) {
                shortage.add(VOLUME, 1, reading.name() + " of " + resource + ": no number: " + cut(reading.volume()));
            } else if (!known.add(List.of(reading.name(), resource))) {
                shortage.add(DOUBLE, 1, reading.name() + " of " + resource + " comes more than once; the first counts");
            } else {
                samples.add(sample(reading, slot, resource, volume));
            }
        }
        return new Made(samples, shortage.all());
    }

    private static Sample sample(Reading reading, Slot slot, String resource, Number volume) {
        return new Sample(
                new Sample.Origin.Slotted(slot),
                new Meter(reading.name(), reading.type(), reading.unit()),
                volume,
                resource,
                text(reading.projectId()),
                text(reading.userId()),
                slot.start(),
                reading.metadata());
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case String text when !text.isEmpty() -> text;
            case Number number -> number.toString();
            case null, default -> null;
        };
    }

    /** A number, what a text says as one, truth as 1 and 0; null if it is none that a ledger can add up. */
    private static @Nullable Number volume(@Nullable Object value) {
        try {
            Number number = value instanceof String text ? (Number) Conversions.real(text) : Numbers.number(value);
            Number plain = number instanceof BigInteger big ? (Number) big.doubleValue() : number;
            return plain instanceof Double real && !Double.isFinite(real) ? null : plain;
        } catch (Fault _) {
            return null;
        }
    }

    private static String cut(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
