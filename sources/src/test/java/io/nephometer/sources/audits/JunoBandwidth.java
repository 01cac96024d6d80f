// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How Nova's release 2014.2 counted the traffic of an interface, written anew from its description: rows are read from a replica, and written
 * whole to the primary. What to compare with.
 */
final class JunoBandwidth {
    private static final int POLLS_PER_PERIOD = 20;

    private final Map<Integer, Row> primary = new HashMap<>();
    private final Map<Integer, Map<Integer, Row>> history = new HashMap<>();

    record Row(long counted, long last) {}

    /** Which state of the primary the replica shows at a poll: that before the poll of this number. */
    interface Replica {
        int stateAt(int poll);
    }

    void poll(int poll, long shown, Replica replica) {
        history.put(poll, Map.copyOf(primary));
        Map<Integer, Row> seen = history.getOrDefault(replica.stateAt(poll), Map.of());
        int period = poll / POLLS_PER_PERIOD;
        @Nullable Row row = seen.get(period);
        @Nullable Row before = row == null ? seen.get(period - 1) : row;
        long counted = row == null ? 0 : row.counted();
        if (before != null) {
            counted += shown < before.last() ? shown : shown - before.last();
        }
        primary.put(period, new Row(counted, shown));
    }

    long recorded(int period) {
        Row row = primary.get(period);
        return row == null ? 0 : row.counted();
    }

    long recorded() {
        return primary.values().stream().mapToLong(Row::counted).sum();
    }
}
