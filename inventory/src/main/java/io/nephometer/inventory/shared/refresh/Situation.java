// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.Merge;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecordBody;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a refresher finds the cache, whoever refreshed it before.
 *
 * @param last what the last refresher left; null if nothing, or nothing that can be used: then everything is read anew
 */
record Situation(Head head, @Nullable RefreshRecord last) {
    /** How long a refresh that is wanted may have to wait for the one before. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static Situation of(Head head) {
        String body = head.refreshRecord();
        try {
            RefreshRecord last = body == null ? null : RefreshRecordBody.read(body);
            return new Situation(head, last == null || isOfTheFuture(last, head.now()) ? null : last);
        } catch (BodyException _) {
            return new Situation(head, null);
        }
    }

    /** The cache's clock was set back since: no age can be told from such a record, nor when anything is due. */
    private static boolean isOfTheFuture(RefreshRecord record, Instant now) {
        return record.tried().isAfter(now.plus(Merge.OVERLAP));
    }

    Situation after(RefreshRecord record) {
        return new Situation(head, record);
    }

    /** Up to when the cache is complete; null if it never was. */
    @Nullable Poll base() {
        return last == null || last.good() == null ? null : CacheClock.poll(last.good());
    }

    /** Whether Nova is to be asked for what changed. */
    boolean isDeltaDue(RefresherOptions options) {
        if (last == null || last.good() == null || !head.isFilled()) {
            return false;
        }
        Duration wait = last.failures() > 0 ? options.retry() : shorter(PATIENCE, options.interval());
        boolean old = hasPassed(last.good().cache(), options.interval());
        return hasPassed(last.tried(), wait) && (old || head.wanted() != null);
    }

    /** Whether everything is to be read. */
    boolean isWholeDue() {
        if (last == null || (!head.isFilled() && last.failures() == 0)) {
            return true;
        }
        return !head.now().isBefore(last.wholes().next());
    }

    /**
     * Whether everything may be read although it is not due: a wish is repeated until it is fulfilled, and Nova must not feel that. After a
     * failure it waits as long as any whole reading does, and after one that was shown as long as before one that was not foreseen.
     */
    boolean mayReadAll(RefresherOptions options) {
        if (last == null || last.failures() > 0) {
            return isWholeDue();
        }
        Instant begun = last.wholes().begun();
        return begun == null || hasPassed(begun, options.urgent());
    }

    /** Whether nobody can rely on what is there, or on what changes since: then everything is read without pauses. */
    boolean isUrgent() {
        return !head.isFilled()
                || last == null
                || last.good() == null
                || last.wholes().must() != null;
    }

    /** Why everything is read. */
    String reason() {
        if (!head.isFilled()) {
            return "the first reading";
        }
        if (last == null || last.good() == null) {
            return "nobody knows up to when the cache is complete";
        }
        return last.wholes().must() == null
                ? "resource_cache_expiry has passed"
                : last.wholes().must();
    }

    /** A clock that was set back makes everything due: better once too often. */
    private boolean hasPassed(Instant since, Duration time) {
        Instant now = head.now();
        return now.isBefore(since) || !now.isBefore(since.plus(time));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
