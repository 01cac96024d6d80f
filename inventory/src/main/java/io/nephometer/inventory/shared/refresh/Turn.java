// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.record.RefreshRecord;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a refresher did when it was called.
 *
 * @param record of the refresh; null if there was none
 * @param detail for a human
 */
public record Turn(State state, @Nullable RefreshRecord record, String detail) {
    /** The kinds of turns; the names are labels of metrics. */
    public enum State {
        /** Another has the seat. */
        STANDBY,
        /** Nothing was due. */
        IDLE,
        /** A page of a whole reading was read. */
        READING,
        /** A refresh succeeded. */
        REFRESHED,
        /** A refresh failed; the record says why. */
        FAILED,
        /** Another has taken the seat, or the cache was emptied. What was begun is given up. */
        LOST,
        /** The cache does not answer. */
        CACHE_AWAY,
        /** The cache has no room. What was read half has been dropped, readers keep what they have. */
        CACHE_FULL;

        /** As a metric label: {@code cache_away}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Turn of(State state, String detail) {
        return new Turn(state, null, detail);
    }

    static Turn of(RefreshRecord record) {
        return new Turn(record.failures() > 0 ? State.FAILED : State.REFRESHED, record, record.detail());
    }
}
