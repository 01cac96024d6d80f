// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.Ticker;
import java.util.concurrent.locks.ReentrantLock;

/** So many a second, and as many at once after a pause: what the primary takes over from replicas that are away. Thread-safe. */
public final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final Ticker ticker;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private double tokens;

    @GuardedBy("lock") private long filledAt;

    /** Full at first. */
    public TokenBucket(double perSecond, Ticker ticker) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate is above zero: " + perSecond);
        }
        this.perSecond = perSecond;
        this.ticker = ticker;
        this.tokens = capacity();
        this.filledAt = ticker.nanos();
    }

    private double capacity() {
        return Math.max(1, perSecond);
    }

    /** Takes one if there is one. */
    public boolean take() {
        lock.lock();
        try {
            long now = ticker.nanos();
            tokens = Math.min(capacity(), tokens + (now - filledAt) / NANOS * perSecond);
            filledAt = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
