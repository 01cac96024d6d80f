// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.NotBelievedException;
import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.openstack.api.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole reading whose pages are spread over a time, so that Nova hardly feels it. Not thread-safe. */
final class PacedReading {
    /** As Nova cuts its pages. */
    private static final int PAGE = 1000;

    /** A page, or the switch after the last one, that fails so often in a row ends the reading. */
    private static final int PATIENCE = 10;

    private final WholeReading reading;
    private final Duration gap;
    private final Duration retry;
    private final boolean filled;
    private @Nullable Poll caughtUp;
    private Lacking.@Nullable Settled settled;
    private Instant next;
    private int failures;

    private PacedReading(WholeReading reading, boolean filled, Duration gap, Duration retry) {
        this.reading = reading;
        this.filled = filled;
        this.gap = gap;
        this.retry = retry;
        this.next = reading.begun();
    }

    /** @param filled as in {@link WholeReading#begin} */
    static PacedReading begin(Seated work, boolean filled) throws SharedCacheException {
        Set<String> shown = work.seat().shown();
        return new PacedReading(
                WholeReading.begin(work, filled),
                filled,
                work.options().span().dividedBy(shown.size() / PAGE + 1),
                work.options().retry());
    }

    boolean isPageDue(Instant now) {
        return !reading.hasEnded() && !now.isBefore(next);
    }

    void page(Seated work) throws ApiException, NotBelievedException, SharedCacheException {
        next = work.clock().now().plus(retry);
        failures++;
        reading.page(work);
        next = work.clock().now().plus(gap);
        failures = 0;
    }

    /** All pages that are left, one after the other. */
    WholeReading all(Seated work) throws ApiException, NotBelievedException, SharedCacheException {
        while (!reading.hasEnded()) {
            page(work);
        }
        return reading;
    }

    /** Up to when the set that readers see is complete, which the second one follows; asked once, after the last page. */
    Poll caughtUp(Seated work) throws ApiException, NotBelievedException, SharedCacheException {
        Poll known = caughtUp;
        if (known == null) {
            failures++;
            known = filled ? new ChangesReading(work, reading.found()).read(reading.poll()) : reading.poll();
            caughtUp = known;
            failures = 0;
        }
        return known;
    }

    /** What became of those that it lacks; settled once, after the last page. */
    Lacking.Settled settled(Seated work) throws SharedCacheException {
        failures++;
        Lacking.Settled known = settled;
        if (known == null) {
            known = new Lacking(work, reading).settle();
            settled = known;
        }
        return known;
    }

    /** Nothing failed but that the first set changes all the time, which a new reading would not end. */
    void isHeldUp() {
        failures = 0;
    }

    /** Whether it is better begun anew. */
    boolean isHopeless() {
        return failures >= PATIENCE;
    }

    WholeReading reading() {
        return reading;
    }
}
