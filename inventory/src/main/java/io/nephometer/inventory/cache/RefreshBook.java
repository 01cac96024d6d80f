// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers how refreshes went. Not thread-safe: belongs to the refresh that is under way. */
public final class RefreshBook {
    private final Map<String, Long> counts = new HashMap<>();
    private Refresh.Requests requests = Refresh.Requests.NONE;
    private @Nullable Refresh last;
    private @Nullable Refresh lastDone;
    private long failures;

    /** Takes the next one. */
    public void add(Refresh refresh) {
        counts.merge(refresh.kind().label() + " " + refresh.outcome().label(), 1L, Long::sum);
        requests = requests.plus(refresh.requests());
        last = refresh;
        if (refresh.outcome().isFailure()) {
            failures++;
        } else {
            failures = 0;
            lastDone = refresh;
        }
    }

    /** How many there were, by {@code kind outcome}. */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** Of all of them. */
    public Refresh.Requests requests() {
        return requests;
    }

    /** Null before the first. */
    public @Nullable Refresh last() {
        return last;
    }

    /** The last that did not fail. */
    public @Nullable Refresh lastDone() {
        return lastDone;
    }

    /** In a row, until now. */
    public long failures() {
        return failures;
    }

    /** Why the last one failed; null if it did not. */
    public @Nullable String failure() {
        return last != null && last.outcome().isFailure() ? last.detail() : null;
    }
}
