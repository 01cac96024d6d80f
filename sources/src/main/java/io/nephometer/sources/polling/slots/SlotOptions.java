// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import java.time.Duration;

/**
 * When within a slot it is measured.
 *
 * @param member who measures; its hash chooses its moment
 * @param spread over which part of the interval the members are spread: 0 for all at the start of the slot, at most 0.5
 */
public record SlotOptions(String member, double spread) {
    private static final double MOST_SPREAD = 0.5;

    public SlotOptions {
        if (!(spread >= 0 && spread <= MOST_SPREAD)) {
            throw new IllegalArgumentException("members are spread over 0 to 0.5 of the interval, not " + spread);
        }
    }

    /** Spread over half of the interval. */
    public static SlotOptions of(String member) {
        return new SlotOptions(member, MOST_SPREAD);
    }

    /** How long after the start of each slot this member measures; the same after each restart. */
    Duration phase(Duration interval) {
        return Phase.of(member, Duration.ofMillis((long) (interval.toMillis() * spread)));
    }
}
