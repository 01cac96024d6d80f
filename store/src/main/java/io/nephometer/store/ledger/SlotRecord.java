// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a member, as the ledger knows it.
 *
 * @param parts how many the member sends; 0 if nothing came
 * @param partsSeen how many of them came
 * @param samples committed from this member
 * @param refused samples that were there already, from whomever
 * @param measured when the member measured; null if it could not, or nothing came
 * @param firstCommitted when anything came; null if nothing did
 * @param lastCommitted when the latest part came; null if nothing did
 * @param reasons what is short, and why
 */
public record SlotRecord(
        Slot slot,
        String member,
        SlotState state,
        int parts,
        int partsSeen,
        long samples,
        long refused,
        @Nullable Instant measured,
        @Nullable Instant firstCommitted,
        @Nullable Instant lastCommitted,
        List<Shortfall> reasons) {
    private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

    public SlotRecord {
        reasons = List.copyOf(reasons);
    }

    /** How long after its end what belongs to a slot may come before it counts as missing or late: an interval, or a minute. */
    public static Duration patience(Duration interval) {
        return interval.compareTo(LEAST_PATIENCE) > 0 ? interval : LEAST_PATIENCE;
    }

    /** How long after the slot's end the latest part came, if that was later than is waited for; else null. */
    public @Nullable Duration lateBy() {
        if (lastCommitted == null) {
            return null;
        }
        Duration after = Duration.between(slot.end(), lastCommitted);
        return after.compareTo(patience(slot.interval())) > 0 ? after : null;
    }
}
