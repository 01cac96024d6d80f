// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.UnmeasurableException;

/** What orders come to: the ledger and the cloud, as a member's duties see them. Safe for several threads; may block. */
public interface DutyWork {
    /** Claims a slot; {@link ClaimResult#UNKNOWN} if the ledger does not answer soon. */
    ClaimResult claim(WorkUnit unit, Slot slot, Tenure tenure) throws InterruptedException;

    /**
     * Measures a unit for a slot.
     *
     * @throws UnmeasurableException if nothing could be measured; it may be tried again
     */
    SlotMeasurements measure(WorkUnit unit, Slot slot, Tenure tenure)
            throws UnmeasurableException, InterruptedException;

    /** Hands measurements over: once at least, and again until about the end of the slot. */
    Handed deliver(SlotMeasurements measurements) throws InterruptedException;

    /**
     * Has the ledger know that a slot is missing, sooner or later.
     *
     * @return whether it will; if not, this is to be called again
     */
    boolean tell(WorkUnit unit, Slot slot, Shortfall why) throws InterruptedException;
}
