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

    /** An event and the samples derived from the same notification (often none). */
    record Converted(RawMessage raw, MessageId id, BodyHash hash, Event event, List<Sample> samples)
            implements Processed {
        public Converted {
            samples = List.copyOf(samples);
        }
    }

    /** Samples without an event: polled samples, and notifications of priority {@code sample}. */
    record SamplesOnly(RawMessage raw, MessageId id, BodyHash hash, List<Sample> samples) implements Processed {
        public SamplesOnly {
            samples = List.copyOf(samples);
        }
    }

    /** Matched by no event definition while dropping of such is switched on; samples may have been derived all the same. */
    record Unmatched(RawMessage raw, MessageId id, BodyHash hash, List<Sample> samples) implements Processed {
        public Unmatched {
            samples = List.copyOf(samples);
        }
    }

    /** The store refused the event, and the event alone: it goes to recovery, and the samples are counted. */
    record EventRefused(RawMessage raw, MessageId id, BodyHash hash, List<Sample> samples, Failure failure)
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
