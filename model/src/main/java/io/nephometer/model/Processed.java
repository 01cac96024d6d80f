// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one message became on its way through the pipeline; the unit of a ledger commit. The ledger alone decides whether it
 * is new: for a message whose id it already knows, nothing of this is written.
 */
public sealed interface Processed {
    /** The message, its secrets masked. */
    RawMessage raw();

    /** The identity of the content; see {@link BodyHash}. */
    BodyHash hash();

    /** That an instance existed in a period, if that is what the notification says, whatever became of it; else null. */
    default @Nullable Existence existence() {
        return null;
    }

    /**
     * An event and the samples derived from the same notification (often none).
     *
     * @param told what it tells of instances, for the inventory
     * @param assets what it tells of other things, for the inventory
     * @param existence what it says of an audited period; null if nothing
     */
    record Converted(
            RawMessage raw,
            MessageId id,
            BodyHash hash,
            Event event,
            List<Sample> samples,
            List<InstanceVersion> told,
            List<AssetVersion> assets,
            @Nullable Existence existence)
            implements Processed {
        public Converted {
            samples = List.copyOf(samples);
            told = List.copyOf(told);
            assets = List.copyOf(assets);
        }

        /** One that tells nothing of other things than instances. */
        public Converted(
                RawMessage raw,
                MessageId id,
                BodyHash hash,
                Event event,
                List<Sample> samples,
                List<InstanceVersion> told,
                @Nullable Existence existence) {
            this(raw, id, hash, event, samples, told, List.of(), existence);
        }

        /** One that tells nothing of instances. */
        public Converted(RawMessage raw, MessageId id, BodyHash hash, Event event, List<Sample> samples) {
            this(raw, id, hash, event, samples, List.of(), null);
        }

        /** The same, telling the inventory something. */
        public Converted telling(List<InstanceVersion> versions) {
            return new Converted(raw, id, hash, event, samples, versions, assets, existence);
        }

        /** The same, telling the inventory of other things than instances. */
        public Converted tellingOf(List<AssetVersion> versions) {
            return new Converted(raw, id, hash, event, samples, told, versions, existence);
        }
    }

    /** Samples without an event: polled samples, and notifications of priority {@code sample}. */
    record SamplesOnly(
            RawMessage raw,
            MessageId id,
            BodyHash hash,
            List<Sample> samples,
            @Nullable Existence existence) implements Processed {
        public SamplesOnly {
            samples = List.copyOf(samples);
        }

        /** One that tells nothing of instances. */
        public SamplesOnly(RawMessage raw, MessageId id, BodyHash hash, List<Sample> samples) {
            this(raw, id, hash, samples, null);
        }
    }

    /**
     * A part of what one of our own members measured in a slot: its samples are known by the slot, and the slot's particulars
     * are committed with them.
     *
     * @param samples those whose metadata is complete
     * @param pending further samples, which wait for metadata
     */
    record Measured(
            RawMessage raw, MessageId id, BodyHash hash, SlotPart part, List<Sample> samples, List<Pending> pending)
            implements Processed {
        public Measured {
            samples = List.copyOf(samples);
            pending = List.copyOf(pending);
            Sample.Origin origin = new Sample.Origin.Slotted(part.slot());
            check(samples, origin);
            pending.forEach(one -> check(one.samples(), origin));
        }

        /** With samples whose metadata is complete. */
        public Measured(RawMessage raw, MessageId id, BodyHash hash, SlotPart part, List<Sample> samples) {
            this(raw, id, hash, part, samples, List.of());
        }

        private static void check(List<Sample> samples, Sample.Origin origin) {
            for (Sample sample : samples) {
                if (!sample.origin().equals(origin)) {
                    throw new IllegalArgumentException("sample of "
                            + sample.meter().name() + " is not of " + origin + " but of " + sample.origin());
                }
            }
        }
    }

    /** Matched by no event definition while dropping of such is switched on; samples may have been derived all the same. */
    record Unmatched(
            RawMessage raw,
            MessageId id,
            BodyHash hash,
            List<Sample> samples,
            @Nullable Existence existence) implements Processed {
        public Unmatched {
            samples = List.copyOf(samples);
        }

        /** One that tells nothing of instances. */
        public Unmatched(RawMessage raw, MessageId id, BodyHash hash, List<Sample> samples) {
            this(raw, id, hash, samples, null);
        }
    }

    /** The store refused the event, and the event alone: it goes to recovery, and the samples are counted. */
    record EventRefused(
            RawMessage raw,
            MessageId id,
            BodyHash hash,
            List<Sample> samples,
            @Nullable Existence existence,
            Failure failure)
            implements Processed {
        public EventRefused {
            samples = List.copyOf(samples);
        }
    }

    /**
     * Nothing could be made of it: it goes to recovery whole, and is not metered.
     *
     * @param id null if the message has none
     */
    record Unprocessable(RawMessage raw, @Nullable MessageId id, BodyHash hash, Failure failure) implements Processed {}
}
