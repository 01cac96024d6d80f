// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.ledger;

import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which unit of work. A coordinator decides who may ask; the ledger numbers the owners, and takes nothing of a slot
 * that a later one has claimed. Every method throws {@link LedgerException} if the store fails. Thread-safe.
 */
public interface EpochDesk {
    /** The ledger's own clock; this process's where the engine has none. */
    Instant now();

    /** Begins a tenure: from here on, earlier owners of the unit can claim no slot. */
    Takeover begin(WorkUnit unit, String owner);

    /**
     * Claims a slot, before it is measured.
     *
     * @param slot one of the unit
     */
    Claim claim(WorkUnit unit, Slot slot, Tenure tenure);

    /** How a claim went. */
    enum Claim {
        /** It may be measured. */
        GRANTED,
        /** All of it is in the ledger already. */
        DONE,
        /** Somebody has begun a later tenure of the unit. */
        FENCED
    }

    /**
     * A tenure, and how far the unit had come before.
     *
     * @param newest the newest slot that was claimed, measured or told to be missing; null if none
     * @param holes slots up to it of which nothing was measured nor told, as far as {@link #LOOK_BACK} slots back, oldest first
     * @param before the tenure before; null if this is the first
     * @param lastSign when the owner before last claimed or delivered something; null if never
     */
    record Takeover(
            Tenure tenure,
            @Nullable Slot newest,
            List<Slot> holes,
            @Nullable Tenure before,
            @Nullable Instant lastSign) {
        /** How many slots of a unit are looked at for holes. */
        public static final int LOOK_BACK = 100;

        public Takeover {
            holes = List.copyOf(holes);
        }
    }
}
