// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.time.Duration;
import java.time.Instant;

/** What a reader needs of the server that answers it. */
public sealed interface ReadIntent {
    /** The primary's answer, and nobody else's. */
    record Primary() implements ReadIntent {}

    /** An answer that lacks nothing committed longer ago than {@code staleness}. */
    record Bounded(Duration staleness) implements ReadIntent {
        public Bounded {
            if (staleness.isNegative()) {
                throw new IllegalArgumentException("a staleness is not negative: " + staleness);
            }
        }
    }

    /** An answer that lacks nothing committed up to {@code moment} by the primary's clock, however late it comes. */
    record Watermark(Instant moment) implements ReadIntent {}

    /** An answer that lacks nothing committed before the token was taken. */
    record After(CausalToken token) implements ReadIntent {}

    /** The primary's answer. */
    ReadIntent PRIMARY = new Primary();
}
