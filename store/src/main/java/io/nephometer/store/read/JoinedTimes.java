// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.read;

import io.nephometer.model.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Times in the order of their beginnings, those that touch or overlap joined, and all cut at one end. */
final class JoinedTimes {
    private final Instant end;
    private final List<Period> joined = new ArrayList<>();

    JoinedTimes(Instant end) {
        this.end = end;
    }

    /** Adds one that begins before the end, and not before those that were added. Always true. */
    boolean add(Instant from, Instant to) {
        Instant until = to.isBefore(end) ? to : end;
        if (joined.isEmpty() || joined.getLast().end().isBefore(from)) {
            joined.add(new Period(from, until));
        } else if (joined.getLast().end().isBefore(until)) {
            Period last = joined.removeLast();
            joined.add(new Period(last.begin(), until));
        }
        return true;
    }

    List<Period> joined() {
        return List.copyOf(joined);
    }
}
