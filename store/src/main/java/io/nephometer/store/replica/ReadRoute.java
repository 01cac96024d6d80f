// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who answered a read, and why.
 *
 * @param server its address without a password
 * @param identity which process that is, as far as it was asked; null for a primary without replicas
 * @param staleness the answer lacks nothing committed longer ago than this; null if nothing is proven. Zero for the primary
 * @param watermark by the primary's clock: the replica that answered lacks nothing committed up to then; null for the primary, and if
 *     nothing is proven
 * @param detail for a human
 */
public record ReadRoute(
        Target target,
        String server,
        @Nullable String identity,
        @Nullable Duration staleness,
        @Nullable Instant watermark,
        Reason reason,
        String detail) {
    /** Whose answer it is. */
    public enum Target {
        PRIMARY,
        REPLICA,
        /** A replica whose answer is older than was asked for, or may be. */
        STALE_REPLICA,
        NOBODY;

        /** As metrics name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why it went there. */
    public enum Reason {
        /** There are no replicas. */
        NO_REPLICA,
        /** The reader wants the primary. */
        PRIMARY_WANTED,
        /** What the reader needs is proven. */
        PROVEN,
        /** The replicas are too old. */
        TOO_OLD,
        /** The primary has not answered since the start, so nobody knows whether the replicas are its own. */
        UNCONFIRMED,
        /** Nothing is proven: the primary did not answer yet, or the token is of another history. */
        NOT_PROVEN,
        REPLICA_BROKEN,
        REPLICA_DOWN,
        REPLICA_PROMOTED,
        /** All connections that we allow ourselves to a replica are in use: slow readers of ours, not the replica. */
        REPLICA_BUSY,
        /** A replica was asked and failed. */
        FAILED_THERE,
        /** The primary has taken over as many reads as it may. */
        BUDGET_SPENT;

        /** As metrics name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the reader has to say that it may be out of date. */
    public boolean isStale() {
        return target == Target.STALE_REPLICA;
    }
}
