// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic;

import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.central.UnitMeasuring;
import io.nephometer.sources.polling.definition.PollingSource;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import io.nephometer.sources.polling.dynamic.run.DynamicPolling;
import io.nephometer.sources.polling.dynamic.run.DynamicResult;
import io.nephometer.sources.polling.dynamic.run.ReadingSamples;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The dynamic pollsters that sources want, each a unit of work {@code dynamic/NAME}: one poll gives every sample of it, so one
 * member of the cluster does it. Safe for several threads.
 */
public final class DynamicUnits implements UnitMeasuring {
    private final Map<WorkUnit, DynamicPollsterDefinition> definitions;
    private final DynamicPolling polling;
    private final InstantSource clock;
    private final Ticker ticker;

    /** @param sources of {@code polling.yaml}; their patterns choose pollsters by name */
    public DynamicUnits(
            List<PollingSource> sources,
            List<DynamicPollsterDefinition> known,
            DynamicPolling polling,
            InstantSource clock,
            Ticker ticker) {
        this.definitions = Collections.unmodifiableMap(wanted(sources, known));
        this.polling = polling;
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Of one interval, a pollster that several sources want belongs to the first of them. */
    private static Map<WorkUnit, DynamicPollsterDefinition> wanted(
            List<PollingSource> sources, List<DynamicPollsterDefinition> known) {
        Map<WorkUnit, DynamicPollsterDefinition> wanted = new LinkedHashMap<>();
        Set<Taken> taken = new HashSet<>();
        for (PollingSource source : sources) {
            for (DynamicPollsterDefinition definition : known) {
                if (source.wants(definition.name()) && taken.add(new Taken(source.interval(), definition.name()))) {
                    String name = "dynamic/" + definition.name();
                    wanted.put(new WorkUnit(source.name(), source.interval(), name), definition);
                }
            }
        }
        return wanted;
    }

    private record Taken(Duration interval, String pollster) {}

    /** All of them. */
    public Set<WorkUnit> units() {
        return definitions.keySet();
    }

    @Override
    public SlotMeasurements measure(WorkUnit unit, Slot slot) throws UnmeasurableException, InterruptedException {
        DynamicPollsterDefinition definition = definitions.get(unit);
        if (definition == null) {
            throw new IllegalArgumentException("no unit of dynamic pollsters: " + unit.key());
        }
        MeasuringTime measured = new MeasuringTime(clock.instant(), ticker.nanos());
        DynamicResult result = polling.poll(definition);
        if (result.readings().isEmpty() && result.isUnanswered()) {
            Shortfall why = result.shortfalls().getFirst();
            throw new UnmeasurableException(
                    new Shortfall(why.reason(), why.count(), definition.name() + ": " + why.detail()), null);
        }
        ReadingSamples.Made made = ReadingSamples.of(result, slot);
        return new SlotMeasurements(slot, unit.name(), measured, null, made.samples(), made.shortfalls());
    }
}
