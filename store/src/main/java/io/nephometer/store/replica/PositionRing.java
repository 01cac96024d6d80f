// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Positions of the primary by the time at which it was asked, by our own ticker. If a replica has replayed up to a position, it
 * lacks nothing that was committed before the primary was asked and answered that position; so its staleness is at most the time
 * since. No clock of a server is compared with another one, nothing is written, and an idle primary does not look like a late
 * replica.
 *
 * <p>Never says less than the truth: what it forgets makes an answer larger. Not thread-safe.
 */
public final class PositionRing {
    private final int capacity;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * One answer of the primary.
     *
     * @param nanos by the ticker, before the primary was asked
     * @param clock the primary's own clock, read before its position
     */
    public record Entry(long nanos, Instant clock, LogPosition position) {}

    /**
     * An empty ring.
     *
     * @param capacity how many positions are remembered; of the older ones every second is forgotten when it is full
     */
    public PositionRing(int capacity) {
        if (capacity < 4) {
            throw new IllegalArgumentException("a ring of " + capacity + " positions remembers nothing");
        }
        this.capacity = capacity;
    }

    /** The primary answered. If its position has not moved, then what is known of it holds until later. */
    public void note(Entry entry) {
        Optional<Entry> newest = newest();
        if (newest.isPresent()) {
            if (newest.get().nanos() - entry.nanos() > 0) {
                return; // an answer that was overtaken by a later one
            }
            if (newest.get().position().equals(entry.position())) {
                entries.removeLast();
            }
        }
        entries.add(entry);
        if (entries.size() > capacity) {
            thin();
        }
    }

    private void thin() {
        int older = entries.size() / 2;
        for (int i = older - 1; i > 0; i -= 2) {
            entries.remove(i);
        }
    }

    /** The last moment of which a server that has replayed up to {@code replayed} lacks nothing; empty if none is known. */
    public Optional<Entry> newestCoveredBy(LogPosition replayed) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (replayed.covers(entries.get(i).position())) {
                return Optional.of(entries.get(i));
            }
        }
        return Optional.empty();
    }

    /** The primary's last answer. */
    public Optional<Entry> newest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
    }

    /** Forgets all: positions of another history cannot be compared. */
    public void clear() {
        entries.clear();
    }

    int size() {
        return entries.size();
    }
}
