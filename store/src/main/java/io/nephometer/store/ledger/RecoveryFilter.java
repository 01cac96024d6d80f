// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Failure.Kind;
import io.nephometer.model.Failure.Step;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of recovery; null is no restriction.
 *
 * @param limit how many at most, at least 1
 */
public record RecoveryFilter(
        @Nullable RecoveryState state,
        @Nullable Step step,
        @Nullable Kind kind,
        @Nullable Long limit) {
    /** All that waits. */
    public static final RecoveryFilter OPEN = new RecoveryFilter(RecoveryState.OPEN, null, null, null);

    /** All that ever waited. */
    public static final RecoveryFilter ALL = new RecoveryFilter(null, null, null, null);

    public RecoveryFilter {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, not " + limit);
        }
    }
}
