// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

/** A defect that is put in on purpose, to see that the checker finds it. */
public enum Mutation {
    /** The ledger takes what a former owner brings of a slot that its successor has claimed. */
    NO_FENCE,
    /** Samples are known by a random number, not by what they are of. */
    RANDOM_IDS,
    /** A member measures its lease with its wall clock. */
    LEASE_BY_WALL_CLOCK,
    /** Who gains a unit waits for the next slot. */
    NO_HAND_OVER,
    /** What is missing is told once, whether anybody takes it or not. */
    TELLING_ONCE,
    /** Who cannot ask the ledger who is asked about does not remember it. */
    FORGOTTEN_ROSTER,
    /** What is handed over counts as accepted before it is durable. */
    EARLY_ACKNOWLEDGEMENT
}
