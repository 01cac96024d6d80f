// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one interval on the wall clock, and when in each of them this member measures.
 *
 * @param interval whole seconds
 * @param phase from the start of a slot to its measuring
 */
record SlotGrid(Duration interval, Duration phase) {
    /** What must be left of a slot for a measurement to begin: a quarter of it. */
    private static final int LEAST_PART = 4;

    /** The start of the slot that {@code time} falls into. */
    Instant at(Instant time) {
        long seconds = interval.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }

    /**
     * The slot to measure next: the one that runs, if it is not settled and enough of it is left, otherwise the one after it.
     *
     * @param settled the last slot that is over and done with; null if there is none
     */
    Instant next(@Nullable Instant settled, Instant now) {
        Instant start = at(now);
        if (settled != null && !start.isAfter(settled)) {
            start = settled.plus(interval);
        }
        return now.isAfter(latest(start)) ? start.plus(interval) : start;
    }

    /** When it is measured. */
    Instant due(Instant start) {
        return start.plus(phase);
    }

    /** When measuring may begin at the latest. */
    Instant latest(Instant start) {
        return start.plus(interval).minus(interval.dividedBy(LEAST_PART));
    }

    /** Whether it lies in the slot that begins at {@code start}. */
    boolean holds(Instant start, Instant time) {
        return !time.isBefore(start) && time.isBefore(start.plus(interval));
    }
}
