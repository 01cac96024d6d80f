// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which messages were lost to us, or may have been. It is told when it begins, again as it grows, and
 * when it has ended; what is told later replaces what was told under the same kind, subject and beginning.
 *
 * @param kind why
 * @param subject the exchange or queue that it concerns
 * @param from the last moment at which all was known to be well; null if that was before this process began
 * @param to when all was well again; null while it lasts
 * @param lost how many messages were lost so far; null if nobody can know
 * @param atLeast whether {@code lost} is a lower bound or an estimate, not a count
 * @param detail for a human
 */
public record Gap(
        Kind kind,
        String subject,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Long lost,
        boolean atLeast,
        String detail) {

    /** Why messages are missing. */
    public enum Kind {
        /** The exchange was gone, or existed without our binding: what was published to it did not reach our queue. */
        EXCHANGE_UNBOUND,
        /** The broker forgot its transient exchanges, and with them our bindings, until we bound again. */
        BROKER_RESTARTED,
        /** Our queue was deleted with what it held. */
        QUEUE_DELETED,
        /** Our queue was at its bound, and the broker dropped its oldest messages. */
        OVERFLOW,
        /** We were away, and cannot tell what became of the queue meanwhile. */
        DISCONNECTED
    }

    /** Whether it is over. */
    public boolean isClosed() {
        return to != null;
    }

    /** The same gap, ended. */
    Gap endedAt(Instant end) {
        return new Gap(kind, subject, from, end, lost, atLeast, detail);
    }
}
