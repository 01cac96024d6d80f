// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the cache knows of an instance of which it knows something. */
public sealed interface KnownInstance {
    /** It is in the set that readers see. */
    record Held(Entry entry) implements KnownInstance {}

    /**
     * It was deleted, and nobody puts it back.
     *
     * @param last what it was when it was deleted; null if that is longer ago than {@link #LAST_BODY}, or was never known
     */
    record Gone(Instant at, @Nullable String last) implements KnownInstance {}

    /** How long the body of what was deleted is kept, for samples that come late. */
    Duration LAST_BODY = Duration.ofHours(1);
}
