// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.record.Change;
import io.nephometer.inventory.shared.record.RefreshRecord;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what a refresher did since it started. Thread-safe. */
final class RefresherBook {
    private final Map<String, Long> refreshes = new HashMap<>();
    private final Map<Turn.State, Long> turns = new EnumMap<>(Turn.State.class);
    private final Map<Change, Long> missed = new EnumMap<>(Change.class);
    private Refresh.Requests requests = Refresh.Requests.NONE;
    private @Nullable Situation situation;
    private long changed;
    private long gone;
    private long unreadable;

    synchronized void add(RefreshRecord record) {
        refreshes.merge(record.kind().label() + " " + record.outcome().label(), 1L, Long::sum);
        record.found().missed().forEach((change, times) -> missed.merge(change, times, Long::sum));
        requests = requests.plus(record.requests());
        changed += record.found().changed();
        gone += record.found().gone();
        unreadable += record.found().unreadable();
    }

    synchronized void add(Turn turn) {
        turns.merge(turn.state(), 1L, Long::sum);
    }

    /** The cache was found so. */
    synchronized void add(Situation found) {
        situation = found;
    }

    /** The cache does not answer. */
    synchronized void addNothing() {
        situation = null;
    }

    synchronized RefresherReport report(Turn last, boolean seated) {
        RefreshRecord record = situation == null ? null : situation.last();
        Duration age = record == null || situation == null
                ? null
                : record.age(situation.head().now()).orElse(null);
        long failures = record == null ? 0 : record.failures();
        return new RefresherReport(
                last, seated, age, failures, refreshes, turns, missed, requests, changed, gone, unreadable);
    }
}
