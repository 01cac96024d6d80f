// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Failure;
import io.nephometer.model.Fate;

/** How a retry went. */
public sealed interface RetryOutcome {
    /** Nothing is outstanding any more: it is in the ledger now, or was already ({@link Fate#DUPLICATE}). */
    record Settled(Fate fate, int samples) implements RetryOutcome {}

    /** It failed again, or its event alone did; the entry says why. */
    record StillWaiting(Fate fate, Failure failure, int samples) implements RetryOutcome {}

    /** The entry was changed or settled since it was read; nothing was done. */
    record NotAsRead() implements RetryOutcome {}

    /** The store refused the data, or the result does not belong to this entry; nothing was done. */
    record Refused(String cause) implements RetryOutcome {}

    /** The store could not be reached, or the outcome is unknown; look again. */
    record Unavailable(String cause) implements RetryOutcome {}
}
