// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.meters;

import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.pipeline.grammar.PlainNumber;
import io.nephometer.pipeline.jsonpath.PythonText;
import io.nephometer.pipeline.meters.Dropped.Reason;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger takes of a derived sample: texts become numbers, booleans 0 and 1, an integer beyond 64 bits the nearest
 * float; whatever is no finite number is dropped.
 */
public sealed interface SampleTyping {
    /** A sample. */
    record Typed(Sample sample) implements SampleTyping {}

    /** None. */
    record Refused(Dropped dropped) implements SampleTyping {}

    /** Types a derived sample of the notification {@code message}. */
    static SampleTyping of(DerivedSample derived, MessageId message) {
        if (derived.name() == null) {
            return refused(derived, Reason.NO_NAME, null);
        }
        Optional<MeterType> type =
                derived.type() instanceof String text ? MeterType.ofWireName(text) : Optional.empty();
        if (type.isEmpty()) {
            return refused(derived, Reason.UNKNOWN_TYPE, derived.type());
        }
        Optional<Number> volume = number(derived.volume());
        if (volume.isEmpty()) {
            return refused(derived, Reason.NOT_FINITE, derived.volume());
        }
        String unit = derived.unit() == null ? "" : PythonText.str(derived.unit());
        return new Typed(new Sample(
                new Sample.Origin.Derived(message, derived.ordinal()),
                new Meter(PythonText.str(derived.name()), type.get(), unit),
                volume.get(),
                text(derived.resourceId()),
                text(derived.projectId()),
                text(derived.userId()),
                derived.timestamp().instant(),
                derived.metadata()));
    }

    private static SampleTyping refused(DerivedSample derived, Reason reason, @Nullable Object value) {
        return new Refused(new Dropped(PythonText.str(derived.name()), reason, value));
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : PythonText.str(id);
    }

    /** The volume as a Long or a finite Double; empty if it is neither. */
    static Optional<Number> number(Object volume) {
        if (!(volume instanceof Double)) {
            Optional<BigInteger> integer = PlainNumber.integer(volume);
            if (integer.isPresent() && PlainNumber.smallest(integer.get()) instanceof Long number) {
                return Optional.of(number);
            }
        }
        return PlainNumber.decimal(volume).filter(Double::isFinite).map(Number.class::cast);
    }
}
