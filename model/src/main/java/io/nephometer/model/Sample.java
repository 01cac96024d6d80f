// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One value of a meter for one resource at one time.
 *
 * @param origin what the sample's identity is derived from
 * @param meter name, type and unit
 * @param volume a finite {@link Long} or {@link Double}, in the meter's unit; the two are told apart because 1 and 1.0 are
 *     different on the wire
 * @param resourceId what was measured; null if the definition found none
 * @param timestamp when the volume was true, to the microsecond
 * @param metadata what the source knew of the resource then: plain JSON values, keys in the sender's order
 */
public record Sample(
        Origin origin,
        Meter meter,
        Number volume,
        @Nullable String resourceId,
        @Nullable String projectId,
        @Nullable String userId,
        Instant timestamp,
        Map<String, @Nullable Object> metadata) {

    public Sample {
        if (!(volume instanceof Long) && !(volume instanceof Double d && Double.isFinite(d))) {
            throw new IllegalArgumentException(
                    "volume of " + meter.name() + " is neither a Long nor a finite Double: " + volume);
        }
        if (origin instanceof Origin.Slotted && resourceId == null) {
            throw new IllegalArgumentException("sample of " + meter.name() + " belongs to a slot and has no resource");
        }
        metadata = FrozenMap.copyOf(metadata);
    }

    /** The same with other metadata, and whose it is. */
    public Sample describedAs(
            @Nullable String project, @Nullable String user, Map<String, @Nullable Object> otherMetadata) {
        return new Sample(origin, meter, volume, resourceId, project, user, timestamp, otherMetadata);
    }

    /** The id of the sample: the same whenever the same thing is measured or derived again. */
    public UUID id() {
        return origin.sampleId(meter, resourceId);
    }

    /** Where a sample comes from, and so what it is identified by. */
    public sealed interface Origin {
        /** The id of this origin's sample of {@code meter} and {@code resourceId}. */
        UUID sampleId(Meter meter, @Nullable String resourceId);

        /**
         * Derived from a notification.
         *
         * @param ordinal 0 for the first sample of this meter that the notification gave, 1 for the next
         */
        record Derived(MessageId message, int ordinal) implements Origin {
            @Override
            public UUID sampleId(Meter meter, @Nullable String resourceId) {
                return NameUuid.of(message.key(), meter.name() + "/" + ordinal);
            }
        }

        /**
         * Measured by a polling agent of another program, which gave the sample an id of its own.
         *
         * @param own the id in the sample itself, not that of the envelope it travelled in
         */
        record Polled(MessageId own) implements Origin {
            @Override
            public UUID sampleId(Meter meter, @Nullable String resourceId) {
                return own.key();
            }
        }

        /** Measured in a slot, and known by it: each meter of a resource has one sample in a slot, whoever measured it. */
        record Slotted(Slot slot) implements Origin {
            @Override
            public UUID sampleId(Meter meter, @Nullable String resourceId) {
                return slot.sampleId(meter, String.valueOf(resourceId)).key();
            }
        }
    }
}
