// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Failure;
import java.time.Instant;

/**
 * Entries of recovery with the same reason.
 *
 * @param entries how many
 * @param seen how many messages they stand for
 */
public record RecoveryGroup(
        RecoveryState state,
        boolean eventOnly,
        Failure.Step step,
        Failure.Kind kind,
        long entries,
        long seen,
        Instant firstSeen,
        Instant lastSeen) {}
