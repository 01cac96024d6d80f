// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.UnmeasurableException;

/** Measures units of work. Safe for several threads. */
@FunctionalInterface
public interface UnitMeasuring {
    /**
     * Measures a unit for a slot; the member of what comes is the name of the unit.
     *
     * @throws UnmeasurableException if nothing could be measured; it may be tried again
     * @throws IllegalArgumentException if it knows no such unit
     */
    SlotMeasurements measure(WorkUnit unit, Slot slot) throws UnmeasurableException, InterruptedException;
}
