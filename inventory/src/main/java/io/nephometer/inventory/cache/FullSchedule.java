// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When everything is read again: at the start, then every {@code expiry}, the first time earlier by a part that differs from host
 * to host, so that agents which were started together do not ask together for ever. Not thread-safe.
 */
final class FullSchedule {
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

    private final Duration expiry;
    private final Duration first;
    private final Duration retry;

    /** Why only everything will do; null if changes will do until {@code next}. */
    private @Nullable String must = "the first reading";

    private boolean begun;
    private long next;

    FullSchedule(String host, Duration expiry) {
        this.expiry = expiry;
        this.first = Spread.shorten(expiry, 0.5, host);
        Duration part = expiry.dividedBy(12);
        this.retry = part.compareTo(LONGEST_RETRY) < 0 ? part : LONGEST_RETRY;
    }

    /** Why everything is to be read now; null if it is not. */
    @Nullable String reason(long now) {
        return must != null ? must : now - next >= 0 ? "resource_cache_expiry has passed" : null;
    }

    /** Changes will not do any more, until everything was read. */
    void require(String reason) {
        must = reason;
    }

    void done(long now) {
        must = null;
        next = now + (begun ? expiry : first).toNanos();
        begun = true;
    }

    /** It failed: changes are better than nothing for a while, unless they will not do. */
    void failed(long now) {
        next = now + retry.toNanos();
    }

    /** It was not believed: changes for a while, then everything again. */
    void doubted(long now) {
        must = null;
        failed(now);
    }

    /** Time until it is due; zero if it is. */
    Duration remaining(long now) {
        return must != null || now - next >= 0 ? Duration.ZERO : Duration.ofNanos(next - now);
    }
}
