// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived and was not handed out yet. {@link Prefetch} bounds it. While the gate is shut nothing is handed
 * out. Thread-safe.
 */
final class Inbox {
    /** The share of the newest body in the running mean of sizes. */
    private static final double NEWEST = 0.01;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock") private final Deque<RabbitMqDelivery> waiting = new ArrayDeque<>();

    @GuardedBy("lock") private boolean open = true;

    @GuardedBy("lock") private long received;

    @GuardedBy("lock") private long redelivered;

    @GuardedBy("lock") private double meanBytes;

    /** A message came in. */
    void add(RabbitMqDelivery delivery) {
        lock.lock();
        try {
            waiting.addLast(delivery);
            received++;
            redelivered += delivery.redelivered() ? 1 : 0;
            int bytes = delivery.message().body().size();
            meanBytes = received == 1 ? bytes : meanBytes + NEWEST * (bytes - meanBytes);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Puts deliveries in front again, in their order. */
    void putBack(List<RabbitMqDelivery> deliveries) {
        lock.lock();
        try {
            for (RabbitMqDelivery delivery : deliveries.reversed()) {
                waiting.addFirst(delivery);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest message; null if none comes through an open gate within {@code wait}. */
    @Nullable RabbitMqDelivery take(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (!(open && !waiting.isEmpty()) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return open ? waiting.pollFirst() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Removes and returns, oldest first, what {@code which} accepts. */
    List<RabbitMqDelivery> remove(Predicate<RabbitMqDelivery> which) {
        lock.lock();
        try {
            List<RabbitMqDelivery> removed = new ArrayList<>();
            waiting.removeIf(delivery -> which.test(delivery) && removed.add(delivery));
            return removed;
        } finally {
            lock.unlock();
        }
    }

    void openGate(boolean handOut) {
        lock.lock();
        try {
            open = handOut;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Messages that came in since the beginning, those that came again included. */
    long received() {
        lock.lock();
        try {
            return received;
        } finally {
            lock.unlock();
        }
    }

    /** Of {@link #received}, those that the broker had given to somebody before. */
    long redelivered() {
        lock.lock();
        try {
            return redelivered;
        } finally {
            lock.unlock();
        }
    }

    /** The mean size of recent bodies in bytes; 0 if there was none. */
    double meanBytes() {
        lock.lock();
        try {
            return meanBytes;
        } finally {
            lock.unlock();
        }
    }
}
