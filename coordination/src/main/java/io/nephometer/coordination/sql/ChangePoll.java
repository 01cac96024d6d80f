// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.sql;

import io.nephometer.coordination.CoordinationException;
import io.nephometer.coordination.Members;
import io.nephometer.coordination.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks every now and then whether members have changed, or the time of one is up, and hints at it. It looks only while somebody listens.
 * Thread-safe.
 */
final class ChangePoll {
    private final Duration every;
    private final Look look;
    private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private boolean started;

    ChangePoll(Duration every, Look look) {
        this.every = every;
        this.look = look;
    }

    /** Asks the database. */
    interface Look {
        MemberTable.Listing list() throws CoordinationException;
    }

    synchronized Registration add(Runnable changed) {
        Object registration = new Object();
        listeners.put(registration, changed);
        if (!started && stop.getCount() > 0) {
            started = true;
            Thread.ofVirtual().name("members-watch").start(this::run);
        }
        return () -> listeners.remove(registration);
    }

    private void run() {
        try {
            Members before = null;
            while (!stop.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                if (!listeners.isEmpty()) {
                    before = hint(before);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Members hint(@Nullable Members before) {
        try {
            MemberTable.Listing now = look.list();
            if (now.expired() || !now.members().equals(before)) {
                listeners.values().forEach(Runnable::run);
            }
            return now.members();
        } catch (CoordinationException _) {
            // Whoever beats is told; after an outage all may have changed.
            return null;
        }
    }

    void close() {
        stop.countDown();
        listeners.clear();
    }
}
