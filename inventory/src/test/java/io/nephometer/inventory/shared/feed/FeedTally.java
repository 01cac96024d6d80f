// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.feed;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts what became of events. */
final class FeedTally implements FeedObserver {
    private final Map<FeedOutcome, Integer> counts = new EnumMap<>(FeedOutcome.class);

    @Override
    public synchronized void ended(EventKind kind, FeedOutcome outcome, int count) {
        counts.merge(outcome, count, Integer::sum);
    }

    @Override
    public void asked(Duration took) {}

    synchronized int count(FeedOutcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
