// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.record;

import io.nephometer.inventory.shared.Amendment;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What an observation means for what is known. */
public sealed interface Verdict {
    /** It is so now. */
    record Put(CachedInstance instance) implements Verdict {}

    /** It is gone. */
    record Delete(Instant at) implements Verdict {}

    /** What is known stays. */
    record Keep(Why why) implements Verdict {}

    /** Why what is known stays; the names are labels of metrics. */
    enum Why {
        /** It says the same. */
        SAME,
        /** Something later is known. */
        STALE,
        /** The instance was deleted, and stays so. */
        GONE,
        /** It tells too little of an instance of which nothing is known, or the API does not reach the cell of the instance. */
        PARTIAL;

        /** As a metric label: {@code stale}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How the cache is told.
     *
     * @param revision that was read; 0 if nothing was known
     */
    default Optional<Amendment> amendment(String id, long revision) {
        return switch (this) {
            case Put(CachedInstance now) ->
                Optional.of(new Amendment.Put(id, revision, now.place(), InstanceBody.write(now)));
            case Delete(Instant at) -> Optional.of(new Amendment.Delete(id, revision, at));
            case Keep _ -> Optional.empty();
        };
    }
}
