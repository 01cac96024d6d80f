// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.central.CentralMeasuring;
import io.nephometer.sources.polling.central.UnitMeasuring;
import io.nephometer.sources.polling.central.WorkPlan;
import io.nephometer.sources.polling.dynamic.DynamicUnits;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.util.ArrayList;
import java.util.List;

/** All units of work of a central agent: those that the program knows how to measure, and those that definitions describe. */
record CentralUnits(WorkPlan plan, CentralMeasuring known, DynamicUnits described) implements UnitMeasuring {
    List<WorkUnit> units() {
        List<WorkUnit> units = new ArrayList<>(plan.units());
        units.addAll(described.units());
        return units;
    }

    @Override
    public SlotMeasurements measure(WorkUnit unit, Slot slot) throws UnmeasurableException, InterruptedException {
        return described.units().contains(unit) ? described.measure(unit, slot) : known.measure(unit, slot);
    }
}
