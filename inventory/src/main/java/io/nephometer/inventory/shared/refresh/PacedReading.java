// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.NotBelievedException;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.openstack.api.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A whole reading whose pages are spread over a time, so that Nova hardly feels it. Not thread-safe. */
final class PacedReading {
    /** As Nova cuts its pages. */
    private static final int PAGE = 1000;

    /** A page that fails so often in a row ends the reading. */
    private static final int PATIENCE = 10;

    private final WholeReading reading;
    private final Duration gap;
    private final Duration retry;
    private Instant next;
    private int failures;

    private PacedReading(WholeReading reading, Duration gap, Duration retry) {
        this.reading = reading;
        this.gap = gap;
        this.retry = retry;
        this.next = reading.begun();
    }

    /** @param filled as in {@link WholeReading#begin} */
    static PacedReading begin(Seated work, boolean filled) throws SharedCacheException {
        Set<String> shown = work.seat().shown();
        return new PacedReading(
                WholeReading.begin(work, filled),
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

    /** Whether it is better begun anew. */
    boolean isHopeless() {
        return failures >= PATIENCE;
    }

    WholeReading reading() {
        return reading;
    }
}
