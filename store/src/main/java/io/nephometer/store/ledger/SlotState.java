// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

/** What became of a slot of a member. */
public enum SlotState {
    /** All parts came, and nothing is short; or there is nothing to measure, which its reasons tell. */
    DONE,
    /** Something of it is there, but not all. */
    PARTLY,
    /** Nothing of it is there. What comes late makes it done after all. */
    MISSING,
    /** Its time is not up; see {@link SlotRecord#patience}. */
    AWAITED
}
