// SPDX-License-Identifier: Apache-2.0
package io.nephometer.model;

/** What the ledger did with one message. Each message has exactly one fate. */
public enum Fate {
    /** Its event is new in the ledger, with its samples. */
    EVENT,
    /** Its samples are new in the ledger; it has no event by nature. */
    SAMPLE_ONLY,
    /** Known from now on, without an event, because unmatched types are dropped. */
    UNMATCHED,
    /** It waits in recovery, whole or its event alone. */
    RECOVERED,
    /** The ledger knew it, with the same content; nothing was written but a count. */
    DUPLICATE,
    /** The ledger knew its id with another content; kept in recovery for a human, not counted. */
    CONFLICT,
    /** It is of a slot that a later owner has claimed: nothing of it was written. */
    FENCED
}
