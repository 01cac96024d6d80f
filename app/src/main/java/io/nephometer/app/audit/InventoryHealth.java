// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process keeps the inventory, and how that goes. Readings that fail, and a seat that is lost, are not told to whoever keeps it:
 * they are known by the time in which nothing was told. Thread-safe.
 */
final class InventoryHealth {
    private final Duration patience;
    private final Ticker ticker;
    private @Nullable Instant complete;
    private @Nullable String trouble;
    private boolean reads;
    private long read;
    private long standing;
    private long troubled;

    /**
     * One of a process that has not read yet.
     *
     * @param patience time without a reading after which others read, and time in which no reading ended after which something is wrong
     */
    InventoryHealth(Duration patience, Ticker ticker) {
        this.patience = patience;
        this.ticker = ticker;
    }

    /** This process reads. */
    synchronized void reads() {
        long now = ticker.nanos();
        if (!reads || isLong(now - read)) {
            standing = now;
            trouble = null;
        }
        reads = true;
        read = now;
    }

    /** A reading of what changed has ended. */
    synchronized void complete(@Nullable Instant upTo) {
        complete = upTo;
        trouble = null;
        standing = ticker.nanos();
    }

    /** Something is in the way, until a reading ends, another process reads, or nothing more is heard of it. */
    synchronized void trouble(String detail) {
        trouble = detail;
        troubled = ticker.nanos();
    }

    /** Another process has the right to read. */
    synchronized void leaves() {
        reads = false;
        trouble = null;
    }

    synchronized Health health() {
        long now = ticker.nanos();
        if (trouble != null && !isLong(now - troubled)) {
            return new Health.Degraded(trouble);
        }
        if (!reads) {
            return new Health.Up("this process does not read");
        }
        if (isLong(now - read)) {
            return new Health.Up("this process has not read for "
                    + Duration.ofNanos(now - read).toSeconds()
                    + " s; whether another does shows the age of the watermark");
        }
        return isLong(now - standing)
                ? new Health.Degraded("standing: no reading of what changed has ended for "
                        + Duration.ofNanos(now - standing).toSeconds() + " s; " + known())
                : new Health.Up(known());
    }

    private String known() {
        return complete == null ? "complete of nothing yet" : "complete up to " + complete;
    }

    private boolean isLong(long nanos) {
        return nanos > patience.toNanos();
    }
}
