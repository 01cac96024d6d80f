// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bus inside one process, for the all-in-one: one queue in memory, bounded, which any number of {@link InProcessReceiver}s
 * share. It keeps a message until it is acknowledged, but only as long as the process lives: <b>what it holds at a crash is
 * gone, and nothing can deliver it again</b>. Thread-safe.
 */
public final class InProcessBus {
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock") private final Deque<Held> waiting = new ArrayDeque<>();

    /** Given to receivers and not settled. */
    @GuardedBy("lock") private int outside;

    /** @param capacity how many messages it holds at most, those given to receivers and not settled included */
    public InProcessBus(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a bus holds at least one message, not " + capacity);
        }
        this.capacity = capacity;
    }

    /**
     * Puts a message on the bus.
     *
     * @param wait how long to wait for room at most
     * @return false if there was none in time: the message is not on the bus, and what becomes of it is for the caller to say
     */
    public boolean publish(RawMessage message, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (size() >= capacity && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (size() >= capacity) {
                return false;
            }
            waiting.addLast(new Held(message, false));
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many messages it holds, those given to receivers and not settled included. */
    public int depth() {
        lock.lock();
        try {
            return size();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock") private int size() {
        return waiting.size() + outside;
    }

    /** The oldest message for {@code receiver}, as soon as it may have one; null if that takes longer than {@code wait}. */
    @Nullable Held take(InProcessReceiver receiver, Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (!(receiver.mayTake() && !waiting.isEmpty()) && left > 0) {
                left = changed.awaitNanos(left);
            }
            Held held = receiver.mayTake() ? waiting.pollFirst() : null;
            outside += held == null ? 0 : 1;
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** These are done. */
    void settled(int count) {
        lock.lock();
        try {
            outside -= count;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** These were not done: they are the oldest again, in this order. */
    void putBack(List<Held> returned) {
        lock.lock();
        try {
            outside -= returned.size();
            for (Held held : returned.reversed()) {
                waiting.addFirst(new Held(held.message(), true));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A receiver may take messages now that it might not take before, or the other way round. */
    void gateMoved() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A message on the bus, or on its way out of it. Each is itself: two may carry the same message. */
    static final class Held implements Delivery {
        private final RawMessage message;
        private final boolean redelivered;

        Held(RawMessage message, boolean redelivered) {
            this.message = message;
            this.redelivered = redelivered;
        }

        @Override
        public RawMessage message() {
            return message;
        }

        @Override
        public boolean redelivered() {
            return redelivered;
        }
    }
}
