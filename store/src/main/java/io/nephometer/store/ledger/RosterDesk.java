// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The resources that a discovery found last: listed by one member, read by all that measure a share of them. Every method
 * throws {@link LedgerException} if the store fails. Thread-safe.
 */
public interface RosterDesk {
    /**
     * Keeps {@code roster} unless there is one of a later slot. One that is ahead of the ledger's time, which was wrong when it was kept, gives
     * way to any that is not.
     */
    void put(String name, Roster roster);

    /** Null if nobody has listed it yet. */
    @Nullable Roster newest(String name);

    /** The same, if it was listed in a slot that begins later; else null. Costs little then. */
    @Nullable Roster newerThan(String name, Instant slotStart);

    /**
     * What was found.
     *
     * @param slotStart beginning of the slot in which it was listed
     * @param content as its writer wrote it
     */
    record Roster(Instant slotStart, String content) {
        /** By how much clocks that are in order differ at most. */
        private static final Duration TOLERANCE = Duration.ofSeconds(5);

        /** Whether nobody can have listed it yet, by that time. */
        public boolean isAhead(Instant now) {
            return slotStart.isAfter(now.plus(TOLERANCE));
        }
    }
}
