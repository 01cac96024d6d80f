// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.duty;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.SlotMeasurements;

/** Something to be done now. How it went is to be reported to {@link Duties}, but for what is told. */
public sealed interface Order {
    /** Whose work it is. */
    WorkUnit unit();

    /** Claim the slot in the ledger. */
    record Claim(WorkUnit unit, Slot slot, Tenure tenure) implements Order {}

    /** Measure the slot, until it ends. */
    record Measure(WorkUnit unit, Slot slot, Tenure tenure) implements Order {}

    /** Hand over what was measured. */
    record Deliver(WorkUnit unit, SlotMeasurements measurements, Tenure tenure) implements Order {}

    /**
     * Tell the ledger that a slot is missing. Without a tenure: what a former owner measured of it may still come, and makes it
     * done after all.
     */
    record Tell(WorkUnit unit, Slot slot, Shortfall why) implements Order {}
}
