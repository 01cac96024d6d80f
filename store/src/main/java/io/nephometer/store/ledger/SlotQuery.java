// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which slots. Null is no restriction.
 *
 * @param from earliest beginning, included
 * @param to latest beginning, excluded
 * @param states none for all
 * @param limit how many at most
 */
public record SlotQuery(
        @Nullable String source,
        @Nullable String member,
        @Nullable Duration interval,
        @Nullable Instant from,
        @Nullable Instant to,
        Set<SlotState> states,
        @Nullable Long limit) {
    /** All slots. */
    public static final SlotQuery ALL = new SlotQuery(null, null, null, null, null, Set.of(), null);

    public SlotQuery {
        states = Set.copyOf(states);
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
    }

    /** From {@code start}, included, to {@code end}, excluded. */
    public SlotQuery between(@Nullable Instant start, @Nullable Instant end) {
        return new SlotQuery(source, member, interval, start, end, states, limit);
    }
}
