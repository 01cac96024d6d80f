// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.memory;

import io.nephometer.inventory.shared.KnownInstance;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was deleted, and for a while what it was. Not thread-safe. */
final class Tombstones {
    private final Map<String, Instant> deleted = new HashMap<>();
    /** The oldest first. */
    private final Map<String, Last> last = new LinkedHashMap<>();

    private record Last(String body, Instant until) {}

    boolean contains(String id) {
        return deleted.containsKey(id);
    }

    /** @param body what it was; null if it was not known */
    void put(String id, Instant at, @Nullable String body, Instant now) {
        deleted.put(id, at);
        last.values().removeIf(one -> !now.isBefore(one.until()));
        if (body != null) {
            last.put(id, new Last(body, now.plus(KnownInstance.LAST_BODY)));
        }
    }

    /** Null if it was not deleted. */
    KnownInstance.@Nullable Gone find(String id, Instant now) {
        Instant at = deleted.get(id);
        Last one = last.get(id);
        return at == null
                ? null
                : new KnownInstance.Gone(at, one == null || !now.isBefore(one.until()) ? null : one.body());
    }

    /** Drops what is remembered of these, if they were deleted before a moment. */
    void revive(Collection<String> ids, Instant before) {
        for (String id : ids) {
            Instant at = deleted.get(id);
            if (at != null && at.isBefore(before)) {
                deleted.remove(id);
                last.remove(id);
            }
        }
    }

    /** Drops what is remembered of deletions before a moment. */
    void forget(Instant before) {
        deleted.values().removeIf(at -> at.isBefore(before));
    }
}
