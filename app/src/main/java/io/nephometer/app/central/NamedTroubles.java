// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.StateLog;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** A trouble that several things may have, each by its name: it is over, in the log too, when none of them has it. Thread-safe. */
final class NamedTroubles {
    private final String kind;
    private final String well;
    private final StateLog log;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final SortedMap<String, String> troubles = new TreeMap<>();

    /**
     * Nothing has it yet.
     *
     * @param kind as health has it
     * @param well what the log says when it is over
     */
    NamedTroubles(String kind, String well, StateLog log) {
        this.kind = kind;
        this.well = well;
        this.log = log;
    }

    void trouble(String name, String why) {
        lock.lock();
        try {
            troubles.put(name, why);
            log.trouble(kind + " " + troubles.keySet(), name + ": " + why);
        } finally {
            lock.unlock();
        }
    }

    void well(String name) {
        lock.lock();
        try {
            if (troubles.remove(name) != null && troubles.isEmpty()) {
                log.well(well);
            }
        } finally {
            lock.unlock();
        }
    }

    /** In words, each of those that have it. */
    List<String> texts() {
        lock.lock();
        try {
            return troubles.entrySet().stream()
                    .map(one -> kind + ": " + one.getKey() + ": " + one.getValue())
                    .toList();
        } finally {
            lock.unlock();
        }
    }
}
