// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/** The steps of a commit that do I/O, in their order. A step without work is left out. */
public enum CommitStep {
    /** Get a connection and open a transaction. */
    BEGIN,
    /** Claim the message ids that are new. */
    INTAKE,
    /** Claim the own ids of polled samples. */
    POLLED_INTAKE,
    /** Make sure that no later owner has claimed the slots. */
    FENCE,
    /** Decide who is metered for an instance and a period that several tell of. */
    OCCURRENCES,
    /** Find or add event types, projects, users, meters. */
    DICTIONARIES,
    /** Find or add resources. */
    RESOURCES,
    /** Find or add versions of resource metadata. */
    METADATA,
    EVENTS,
    SAMPLES,
    /** Samples of slots, as far as they are not there yet. */
    SLOT_SAMPLES,
    /** What came of each slot. */
    SLOTS,
    /** What notifications tell of instances. */
    INVENTORY,
    /** Keep what could not be processed. */
    RECOVERY,
    /** Take the place in the log, and count the consumer's progress. */
    LOG,
    COMMIT
}
