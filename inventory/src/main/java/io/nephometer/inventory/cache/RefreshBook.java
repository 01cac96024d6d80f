// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers how refreshes went. Not thread-safe: belongs to the refresh that is under way. */
final class RefreshBook {
    private final Map<String, Long> counts = new HashMap<>();
    private Refresh.Requests requests = Refresh.Requests.NONE;
    private @Nullable Refresh last;
    private @Nullable Refresh lastDone;
    private long failures;

    void add(Refresh refresh) {
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

    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    Refresh.Requests requests() {
        return requests;
    }

    @Nullable Refresh last() {
        return last;
    }

    @Nullable Refresh lastDone() {
        return lastDone;
    }

    long failures() {
        return failures;
    }

    /** Why the last one failed; null if it did not. */
    @Nullable String failure() {
        return last != null && last.outcome().isFailure() ? last.detail() : null;
    }
}
