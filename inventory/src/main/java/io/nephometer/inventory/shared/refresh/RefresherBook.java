// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.record.Change;
import io.nephometer.inventory.shared.record.RefreshRecord;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Counts what a refresher did since it started. Thread-safe. */
final class RefresherBook {
    private final Map<String, Long> refreshes = new HashMap<>();
    private final Map<Turn.State, Long> turns = new EnumMap<>(Turn.State.class);
    private final Map<Change, Long> missed = new EnumMap<>(Change.class);
    private Refresh.Requests requests = Refresh.Requests.NONE;
    private long changed;
    private long gone;

    synchronized void add(RefreshRecord record) {
        refreshes.merge(record.kind().label() + " " + record.outcome().label(), 1L, Long::sum);
        record.found().missed().forEach((change, times) -> missed.merge(change, times, Long::sum));
        requests = requests.plus(record.requests());
        changed += record.found().changed();
        gone += record.found().gone();
    }

    synchronized void add(Turn turn) {
        turns.merge(turn.state(), 1L, Long::sum);
    }

    synchronized RefresherReport report(Turn last) {
        return new RefresherReport(last, refreshes, turns, missed, requests, changed, gone);
    }
}
