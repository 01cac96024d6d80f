// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.util.Locale;

/** How a replica is. */
public enum ReplicaState {
    /** In step: proven to lack nothing older than {@code store.max_staleness}. */
    HEALTHY,
    /** Behind by more than that, and catching up or waiting for a primary that does not answer. */
    LAGGING,
    /** Will not catch up by itself, or is not a replica of this primary. */
    BROKEN,
    /** Does not answer, or refuses us. */
    DOWN,
    /** Takes writes: it is no replica any more. */
    PROMOTED,
    /** Answers, but nothing could be proven yet. */
    UNKNOWN;

    /** As metrics, commands and health name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
