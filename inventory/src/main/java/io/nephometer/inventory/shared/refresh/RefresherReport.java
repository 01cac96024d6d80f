// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.shared.record.Change;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a refresher is, for metrics and health; what is counted is so since its start.
 *
 * @param last what it did when it was called last
 * @param isSeated whether this one refreshes
 * @param age of what the cache holds, whoever refreshed it; null if it holds nothing, or does not answer
 * @param failures refreshes that failed in a row, whoever tried
 * @param refreshes by {@code kind outcome}, both as labels
 * @param missed what no event had told in time
 * @param changed instances that were new or not as they were
 * @param gone instances that were deleted, or dropped
 * @param unreadable instances of which the cache held what nobody can read
 */
public record RefresherReport(
        Turn last,
        boolean isSeated,
        @Nullable Duration age,
        long failures,
        Map<String, Long> refreshes,
        Map<Turn.State, Long> turns,
        Map<Change, Long> missed,
        Refresh.Requests requests,
        long changed,
        long gone,
        long unreadable) {
    public RefresherReport {
        refreshes = Map.copyOf(refreshes);
        turns = Map.copyOf(turns);
        missed = Map.copyOf(missed);
    }
}
