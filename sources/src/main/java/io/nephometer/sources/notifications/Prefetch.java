// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many messages the broker may send us ahead. It knows no bound in bytes, so a session begins with few, and as soon as it
 * has seen how large they are the number follows from the bytes that we may hold. Thread-safe.
 */
final class Prefetch {
    /** Enough to learn from, few enough to hold whatever their size is. */
    static final int FIRST = 8;
    /** What is left of the largest size with each smaller message, so that one large message is not remembered for ever. */
    private static final double FADING = 0.99;

    /** Asking anew takes a few round trips: only for so many times as much. */
    private static final int WORTHWHILE = 2;

    private final int most;
    private final long maxHeldBytes;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private double largest;

    @GuardedBy("lock") private long arrived;

    @GuardedBy("lock") private long arrivedInWindow;

    /** What was asked for, of each queue. */
    @GuardedBy("lock") private int window;

    /** The size of a message that there was no room for; 0 if there was room for all. */
    @GuardedBy("lock") private int refusedBytes;

    /**
     * @param most messages per queue
     * @param maxHeldBytes of all queues together
     */
    Prefetch(int most, long maxHeldBytes) {
        this.most = most;
        this.maxHeldBytes = maxHeldBytes;
    }

    /** Whether a message of this size may be held beside those that are; a single one always may. */
    boolean admits(long heldBytes, int bytes) {
        return heldBytes == 0 || heldBytes + bytes <= maxHeldBytes;
    }

    /** A message came in for which there is no room: nothing may be asked for until there is. */
    void refused(int bytes) {
        lock.lock();
        try {
            refusedBytes = bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the flow may begin again: there is room for what was refused, and for half of all, lest it stop at once. */
    boolean mayFlow(long heldBytes) {
        lock.lock();
        try {
            return refusedBytes == 0 || (heldBytes <= maxHeldBytes / 2 && admits(heldBytes, refusedBytes));
        } finally {
            lock.unlock();
        }
    }

    /**
     * A message came in and is held.
     *
     * @return whether as many have come as were asked for, so that it is time to ask for more
     */
    boolean arrived(int bytes) {
        lock.lock();
        try {
            largest = Math.max(bytes, largest * FADING);
            arrived++;
            arrivedInWindow++;
            return arrivedInWindow == window && window < most;
        } finally {
            lock.unlock();
        }
    }

    /** Whether what is asked for depends on what is held. */
    boolean isReduced() {
        lock.lock();
        try {
            return window < most || refusedBytes > 0;
        } finally {
            lock.unlock();
        }
    }

    /** Whether to ask anew: not before what was asked for has come, and only if it makes a difference. */
    boolean mayGrow(long heldBytes, int queues) {
        lock.lock();
        try {
            int room = room(heldBytes, queues);
            return window < most && arrivedInWindow >= window && (room >= WORTHWHILE * window || room == most);
        } finally {
            lock.unlock();
        }
    }

    /** A new consumer of each queue is about to be made: how many messages it may be sent beside those that are here. */
    int next(long heldBytes, int queues) {
        lock.lock();
        try {
            window = room(heldBytes, queues);
            arrivedInWindow = 0;
            refusedBytes = 0;
            return window;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private int room(long heldBytes, int queues) {
        int first = Math.clamp(FIRST / queues, 1, most);
        if (arrived < first) {
            return first;
        }
        double byBytes = (maxHeldBytes - heldBytes) / Math.max(1, largest) / queues;
        return Math.max(1, (int) Math.min(most, byBytes));
    }
}
