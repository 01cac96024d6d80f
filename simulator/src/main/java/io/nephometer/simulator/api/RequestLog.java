// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** All requests, counted; and the last of them one by one. Thread-safe. */
public final class RequestLog {
    private static final int MAX_KINDS = 10_000;

    private final int capacity;

    @GuardedBy("this") private final Map<LoggedRequest.Asked, Long> counts = new HashMap<>();

    @GuardedBy("this") private final Deque<LoggedRequest> last = new ArrayDeque<>();

    @GuardedBy("this") private long total;

    /** @param capacity how many are kept one by one */
    public RequestLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(LoggedRequest request) {
        total++;
        if (counts.containsKey(request.asked()) || counts.size() < MAX_KINDS) {
            counts.merge(request.asked(), 1L, Long::sum);
        }
        if (last.size() == capacity) {
            last.removeFirst();
        }
        last.addLast(request);
    }

    /** How many there were. */
    public synchronized long total() {
        return total;
    }

    /** How many of some kind there were. */
    public synchronized long count(Predicate<LoggedRequest.Asked> which) {
        return counts.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** How many there were of each; of more than ten thousand sorts the later ones are only in the total. */
    public synchronized Map<LoggedRequest.Asked, Long> counts() {
        return Map.copyOf(counts);
    }

    /** The last ones, the oldest first. */
    public synchronized List<LoggedRequest> last() {
        return List.copyOf(last);
    }

    /** Begins anew. */
    public synchronized void clear() {
        counts.clear();
        last.clear();
        total = 0;
    }
}
