// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to an entry of recovery.
 *
 * @param detail for a human: how a retry went, why it was discarded
 * @param replacedBody the body before an edit, else null
 */
public record RecoveryChange(
        Instant at, Action action, String detail, @Nullable Bytes replacedBody) {
    /** What can be done to an entry. */
    public enum Action {
        EDIT,
        RETRY,
        DISCARD
    }
}
