// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.notifications;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one channel has delivered and nobody has settled, oldest first. What is settled together from the oldest on takes one
 * frame, whatever its number; the rest takes a frame each. Thread-safe.
 */
final class Unsettled {
    /** What tells the broker; {@code multiple} means all unsettled deliveries up to that tag. */
    @FunctionalInterface
    interface Frame {
        void send(long tag, boolean multiple) throws IOException;
    }

    /**
     * Held while frames are sent, against the rule that no lock is held over I/O: a multiple frame means "all up to here", and
     * another thread's frame that overtook it would settle the wrong ones.
     */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final Deque<RabbitMqDelivery> outstanding = new ArrayDeque<>();

    @GuardedBy("lock") private long bytes;

    void add(RabbitMqDelivery delivery) {
        lock.lock();
        try {
            outstanding.addLast(delivery);
            bytes += delivery.message().body().size();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return outstanding.size();
        } finally {
            lock.unlock();
        }
    }

    /** How large their bodies are together. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Settles deliveries of this channel by {@code frame}; those already settled are passed over. */
    void settle(Collection<RabbitMqDelivery> deliveries, Frame frame) throws IOException {
        lock.lock();
        try {
            List<RabbitMqDelivery> fresh = deliveries.stream()
                    .filter(delivery -> !delivery.isSettled())
                    .distinct()
                    .toList();
            for (RabbitMqDelivery delivery : fresh) {
                delivery.markSettled();
                bytes -= delivery.message().body().size();
            }
            long newest = fresh.stream().mapToLong(RabbitMqDelivery::tag).max().orElse(0);
            long together = dropSettled(newest);
            if (together > 0) {
                frame.send(highest(fresh, together), true);
            }
            for (RabbitMqDelivery delivery : byTag(fresh)) {
                if (delivery.tag() > together) {
                    frame.send(delivery.tag(), false);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private static List<RabbitMqDelivery> byTag(List<RabbitMqDelivery> deliveries) {
        return deliveries.stream()
                .sorted(Comparator.comparingLong(RabbitMqDelivery::tag))
                .toList();
    }

    /** The highest tag of {@code fresh} up to {@code limit}: the broker knows no other there that is unsettled. */
    private static long highest(List<RabbitMqDelivery> fresh, long limit) {
        return fresh.stream()
                .mapToLong(RabbitMqDelivery::tag)
                .filter(tag -> tag <= limit)
                .max()
                .orElseThrow();
    }

    /**
     * Forgets the oldest deliveries as long as they are settled.
     *
     * @return the last tag forgotten that is not above {@code newest}; 0 if none of {@code newest} or below was
     */
    @GuardedBy("lock") private long dropSettled(long newest) {
        long last = 0;
        while (!outstanding.isEmpty() && outstanding.getFirst().isSettled()) {
            long tag = outstanding.removeFirst().tag();
            if (tag <= newest) {
                last = tag;
            }
        }
        return last;
    }
}
