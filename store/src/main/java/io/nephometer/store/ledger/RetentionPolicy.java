// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the ledger keeps what it has; null is for ever.
 *
 * @param events age by the time they were generated
 * @param samples age by the time they were measured
 * @param recovery age by the time they were last seen, whether settled or not
 */
public record RetentionPolicy(
        @Nullable Duration events,
        @Nullable Duration samples,
        @Nullable Duration recovery) {
    /** Nothing is ever removed. */
    public static final RetentionPolicy FOREVER = new RetentionPolicy(null, null, null);

    /** What a message's time may be ahead of our clock, and the clocks of two collectors of one another. */
    private static final Duration AHEAD = Duration.ofDays(2);

    /**
     * Age at which intake rows go: only when no message of that age would be accepted any more, so that none can come back
     * and count twice. A message is refused once it is older than the longer of events and samples; it may have been accepted
     * when it was still a day ahead. Null: for ever.
     */
    public @Nullable Duration intake() {
        if (events == null || samples == null) {
            return null;
        }
        return (events.compareTo(samples) > 0 ? events : samples).plus(AHEAD);
    }
}
