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
 * @param audits how far audits may go back: what they go by, and which of them were made, stays at least as long
 */
public record RetentionPolicy(
        @Nullable Duration events,
        @Nullable Duration samples,
        @Nullable Duration recovery,
        Duration audits) {
    /** Nothing is ever removed. */
    public static final RetentionPolicy FOREVER = new RetentionPolicy(null, null, null, Duration.ZERO);

    /** For a ledger that nobody audits. */
    public RetentionPolicy(@Nullable Duration events, @Nullable Duration samples, @Nullable Duration recovery) {
        this(events, samples, recovery, Duration.ZERO);
    }

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
        return longer(events, samples).plus(AHEAD);
    }

    /** Age, since they ended, at which instances and what else the inventory has go: no sample of them is left, and no audit goes back to them. */
    public @Nullable Duration inventory() {
        return samples == null ? null : longer(samples, audits);
    }

    /** Age at which it is forgotten that something was audited: it would be audited again if it were asked for. */
    public @Nullable Duration audited() {
        Duration intake = intake();
        return intake == null ? null : longer(intake, audits);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
