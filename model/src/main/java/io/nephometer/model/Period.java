// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

import java.time.Instant;

/**
 * A stretch of time that is audited at once, {@code [begin, end)}.
 *
 * @param begin belongs to it
 * @param end belongs to the next one
 */
public record Period(Instant begin, Instant end) implements Comparable<Period> {
    public Period {
        if (!begin.isBefore(end)) {
            throw new IllegalArgumentException("a period ends after it begins, not " + begin + " to " + end);
        }
    }

    /** Whether {@code time} is in it. */
    public boolean contains(Instant time) {
        return !time.isBefore(begin) && time.isBefore(end);
    }

    @Override
    public int compareTo(Period that) {
        int begins = begin.compareTo(that.begin);
        return begins == 0 ? end.compareTo(that.end) : begins;
    }

    /** For people: {@code 2026-11-01T00:00:00Z/2026-12-01T00:00:00Z}, as ISO 8601 writes an interval. */
    @Override
    public String toString() {
        return begin + "/" + end;
    }
}
