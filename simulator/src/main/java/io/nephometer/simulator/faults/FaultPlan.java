// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.faults;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is made to go wrong with the services. A request meets the first fault that fits. Thread-safe. */
public final class FaultPlan {
    /** How long a real Nova waits for a cell before it answers without: it is not configurable there. */
    public static final Duration CELL_TIMEOUT = Duration.ofMinutes(1);

    @GuardedBy("this") private final Map<FaultRule, Integer> left = new LinkedHashMap<>();

    @GuardedBy("this") private Set<Integer> downCells = Set.of();

    @GuardedBy("this") private Duration cellWait = Duration.ZERO;

    @GuardedBy("this") private long struck;

    /** Begins a fault. */
    public synchronized void add(FaultRule rule) {
        left.put(rule, rule.times());
    }

    /** These cells refuse Nova's API, which leaves their servers out of its lists at once. */
    public void downCells(Set<Integer> cells) {
        downCells(cells, Duration.ZERO);
    }

    /**
     * These cells do not answer Nova's API.
     *
     * @param wait how long it waits for them, whenever it asks one of them: {@link #CELL_TIMEOUT}
     */
    public synchronized void downCells(Set<Integer> cells, Duration wait) {
        downCells = Set.copyOf(cells);
        cellWait = wait;
    }

    /** How long Nova waits for its cells if it asks all of them. */
    public synchronized Duration cellWait() {
        return downCells.isEmpty() ? Duration.ZERO : cellWait;
    }

    public synchronized boolean isDown(int cell) {
        return downCells.contains(cell);
    }

    /** All is well again. */
    public synchronized void clear() {
        left.clear();
        downCells = Set.of();
    }

    /** How many requests met a fault. */
    public synchronized long struck() {
        return struck;
    }

    /** The fault that a request meets, which uses it up by one. */
    public synchronized Optional<Fault> strike(String service, String path, Instant now) {
        for (Map.Entry<FaultRule, Integer> entry : left.entrySet()) {
            if (entry.getValue() > 0 && entry.getKey().strikes(service, path, now)) {
                entry.setValue(entry.getValue() - 1);
                struck++;
                return Optional.of(entry.getKey().fault());
            }
        }
        return Optional.empty();
    }
}
