// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.inventory.shared.ForeignCloudException;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.runtime.StateLog;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of the shared cache by somebody who must not wait: each has a short time, and after one that failed or took longer the cache
 * is left alone for a while. What was begun and is late may still happen. Thread-safe.
 */
public final class BriefCall {
    private static final Logger LOG = LoggerFactory.getLogger(BriefCall.class);
    private static final Duration REMINDER = Duration.ofMinutes(5);

    private static final String FOREIGN = "FOREIGN";

    private final Duration patience;
    private final long rest;
    private final Ticker ticker;
    private final StateLog state;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private boolean resting;

    @GuardedBy("lock") private long restEnds;

    private volatile @Nullable String foreign;

    /** @param subject who calls, for the log */
    public BriefCall(String subject, FeedOptions options, Ticker ticker) {
        this.patience = options.patience();
        this.rest = options.rest().toNanos();
        this.ticker = ticker;
        this.state = new StateLog(LOG, subject, REMINDER, ticker);
    }

    /** What {@code call} answers; empty if the cache is left alone now, failed, or did not answer in time. */
    public <T> Optional<T> make(Callable<T> call) {
        if (isResting()) {
            return Optional.empty();
        }
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().name("shared-cache-call").start(task);
        try {
            T answer = task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            foreign = null;
            state.well("the shared cache answers");
            return Optional.of(answer);
        } catch (TimeoutException e) {
            task.cancel(true);
            return failed("LATE", "the shared cache did not answer within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return failed(cause == null ? e : cause);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Why it is not used, if it was that of another cloud when it was asked last. */
    public Optional<String> foreign() {
        return Optional.ofNullable(foreign);
    }

    private <T> Optional<T> failed(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof ForeignCloudException) {
            return failed(FOREIGN, String.valueOf(cause.getMessage()));
        }
        if (!(cause instanceof SharedCacheException)) {
            LOG.error("Defect: a call of the shared cache failed", cause);
        }
        return failed("FAILED", String.valueOf(cause.getMessage()));
    }

    private <T> Optional<T> failed(String kind, String detail) {
        foreign = kind.equals(FOREIGN) ? detail : null; // whose it is now nobody knows if it does not answer
        lock.lock();
        try {
            resting = true;
            restEnds = ticker.nanos() + rest;
        } finally {
            lock.unlock();
        }
        state.trouble(
                kind,
                detail + "; it is left alone for " + Duration.ofNanos(rest).toMillis()
                        + " ms, batches are committed without it");
        return Optional.empty();
    }

    private boolean isResting() {
        lock.lock();
        try {
            resting = resting && ticker.nanos() - restEnds < 0;
            return resting;
        } finally {
            lock.unlock();
        }
    }
}
