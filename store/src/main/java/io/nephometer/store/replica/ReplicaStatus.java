// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a replica stands.
 *
 * @param server its address without a password
 * @param identity which process it is; null if it never answered
 * @param staleness it lacks nothing committed longer ago than this; null if nothing is proven
 * @param position how far it has replayed; null if it never answered
 */
public record ReplicaStatus(
        String server,
        ReplicaState state,
        Finding.Reason reason,
        String detail,
        @Nullable String identity,
        @Nullable Duration staleness,
        @Nullable LogPosition position) {}
