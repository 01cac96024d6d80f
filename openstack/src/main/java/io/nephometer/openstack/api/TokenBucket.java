// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.Optional;

/** What is left of the budget of one service. Whoever takes of it may have to wait for his turn; turns are in order. Thread-safe. */
final class TokenBucket {
    private static final double SECOND = 1e9;

    private final ApiBudget budget;
    private final Ticker ticker;

    @GuardedBy("this") private double left;

    @GuardedBy("this") private long filledAt;

    /** Nobody's turn is before. */
    @GuardedBy("this") private long closedUntil;

    @GuardedBy("this") private int closedBy;

    TokenBucket(ApiBudget budget, Ticker ticker) {
        this.budget = budget;
        this.ticker = ticker;
        this.left = budget.burst();
        this.filledAt = ticker.nanos();
        this.closedUntil = filledAt;
    }

    /** Takes one request: how long to wait before it is sent; empty if that is longer than {@code longest}, then nothing is taken. */
    synchronized Optional<Duration> take(Duration longest) {
        long now = ticker.nanos();
        left = Math.min(budget.burst(), left + (now - filledAt) / SECOND * budget.rate());
        filledAt = now;
        double missing = Math.max(0, 1 - left);
        long wait = Math.max(Math.round(missing / budget.rate() * SECOND), Math.max(0, closedUntil - now));
        if (wait > longest.toNanos()) {
            return Optional.empty();
        }
        left -= 1;
        return Optional.of(Duration.ofNanos(wait));
    }

    /** The service asked to be left alone that long, with a status. */
    synchronized void close(Duration time, int status) {
        long until = ticker.nanos() + time.toNanos();
        if (until - closedUntil > 0) {
            closedUntil = until;
            closedBy = status;
        }
    }

    /** What the service asked for, if that is not over. */
    synchronized Optional<Closure> closure() {
        long rest = closedUntil - ticker.nanos();
        return rest > 0 ? Optional.of(new Closure(Duration.ofNanos(rest), closedBy)) : Optional.empty();
    }

    /**
     * That a service asked to be left alone.
     *
     * @param rest how long, from now on
     * @param status of the answer that said so
     */
    record Closure(Duration rest, int status) {}
}
