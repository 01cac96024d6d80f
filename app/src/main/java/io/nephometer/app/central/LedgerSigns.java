// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whether a ledger counts as away, by how looks at it and questions to it went. A look asks for nothing but the time. One question that is late
 * may wait for a lock, or for a connection that others use, and makes a doubt: the ledger is away if it says nothing to anybody for a while from
 * then on. It is away as well if it answers looks, and for longer than that is late for all that it is asked. Only a look that is answered ends
 * that. Thread-safe.
 */
final class LedgerSigns {
    private static final int LATE_IN_A_ROW = 3;

    private final Ticker ticker;
    private final long patience;
    private final long doubt;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private boolean away;
    /** Since when somebody looks; null if nobody does. */
    @GuardedBy("lock") private @Nullable Long looking;
    /** Since when it is doubted; null if it is not. */
    @GuardedBy("lock") private @Nullable Long doubted;

    /** Questions in a row. */
    @GuardedBy("lock") private int late;
    /** Since when; null if the last one was answered. */
    @GuardedBy("lock") private @Nullable Long lateSince;

    private volatile Runnable doubting = () -> {};

    /**
     * Nothing is known yet, so it does not count as away.
     *
     * @param patience how long it may let who looks at it wait, or answer looks alone
     * @param doubt how long it may stay silent after it was late for a question
     */
    LedgerSigns(Ticker ticker, Duration patience, Duration doubt) {
        this.ticker = ticker;
        this.patience = patience.toNanos();
        this.doubt = doubt.toNanos();
    }

    /** Called whenever a question is late: somebody should look at once. */
    void onDoubt(Runnable look) {
        doubting = look;
    }

    void lookBegins() {
        lock.lock();
        try {
            looking = ticker.nanos();
        } finally {
            lock.unlock();
        }
    }

    void lookEnds(boolean answered) {
        lock.lock();
        try {
            looking = null;
            away = !answered;
            doubted = null;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else had an answer. */
    void answered() {
        lock.lock();
        try {
            doubted = null;
            late = 0;
            lateSince = null;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody else had none within the limit. */
    void late() {
        lock.lock();
        try {
            late++;
            lateSince = lateSince == null ? ticker.nanos() : lateSince;
            away = away || (late >= LATE_IN_A_ROW && isOver(lateSince, patience));
            doubted = doubted == null ? ticker.nanos() : doubted;
        } finally {
            lock.unlock();
        }
        doubting.run();
    }

    boolean isAway() {
        lock.lock();
        try {
            return away || isOver(looking, patience) || isOver(doubted, doubt);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(@Nullable Long since, long limit) {
        return since != null && ticker.nanos() - since > limit;
    }
}
