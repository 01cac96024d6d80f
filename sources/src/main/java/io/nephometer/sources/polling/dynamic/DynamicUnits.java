// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic;

import io.nephometer.model.Sample;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The dynamic pollsters that sources want, each a unit of work {@code dynamic/NAME}, or several that ask the same: one poll gives every
 * sample of it, so one member of the cluster does it. Safe for several threads.
 */
public final class DynamicUnits implements UnitMeasuring {
    private final Map<WorkUnit, List<DynamicPollsterDefinition>> definitions;
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

    /**
     * Of one interval, a pollster that several sources want belongs to the first of them. Those of a source that ask the same are one unit; it
     * bears the name of the first that asks so, wanted or not, so that it keeps its name when another is wanted.
     */
    private static Map<WorkUnit, List<DynamicPollsterDefinition>> wanted(
            List<PollingSource> sources, List<DynamicPollsterDefinition> known) {
        Map<WorkUnit, List<DynamicPollsterDefinition>> wanted = new LinkedHashMap<>();
        Set<Taken> taken = new HashSet<>();
        for (PollingSource source : sources) {
            for (DynamicPollsterDefinition definition : known) {
                if (source.wants(definition.name()) && taken.add(new Taken(source.interval(), definition.name()))) {
                    wanted.computeIfAbsent(
                                    new WorkUnit(
                                            source.name(), source.interval(), "dynamic/" + first(definition, known)),
                                    _ -> new ArrayList<>())
                            .add(definition);
                }
            }
        }
        return wanted;
    }

    private static String first(DynamicPollsterDefinition definition, List<DynamicPollsterDefinition> known) {
        return known.stream()
                .filter(definition::asksAs)
                .findFirst()
                .orElse(definition)
                .name();
    }

    private record Taken(Duration interval, String pollster) {}

    /** What is to be measured, in words: the same for members that measure the same. */
    public String text() {
        return definitions.entrySet().stream()
                .map(unit -> unit.getKey().key() + ": "
                        + unit.getValue().stream()
                                .map(DynamicPollsterDefinition::name)
                                .toList())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** All of them. */
    public Set<WorkUnit> units() {
        return definitions.keySet();
    }

    @Override
    public SlotMeasurements measure(WorkUnit unit, Slot slot) throws UnmeasurableException, InterruptedException {
        List<DynamicPollsterDefinition> described = definitions.get(unit);
        if (described == null) {
            throw new IllegalArgumentException("no unit of dynamic pollsters: " + unit.key());
        }
        MeasuringTime measured = new MeasuringTime(clock.instant(), ticker.nanos());
        List<DynamicResult> results = polling.poll(described);
        if (results.stream().allMatch(result -> result.readings().isEmpty() && result.isUnanswered())) {
            Shortfall why = results.getFirst().shortfalls().getFirst();
            throw new UnmeasurableException(
                    new Shortfall(
                            why.reason(), why.count(), described.getFirst().name() + ": " + why.detail()),
                    null);
        }
        List<Sample> samples = new ArrayList<>();
        Map<String, Shortfall> shortfalls = new LinkedHashMap<>();
        for (DynamicResult result : results) {
            ReadingSamples.Made made = ReadingSamples.of(result, slot);
            samples.addAll(made.samples());
            made.shortfalls().forEach(one -> shortfalls.merge(one.reason(), one, DynamicUnits::joined));
        }
        return new SlotMeasurements(slot, unit.name(), measured, null, samples, List.copyOf(shortfalls.values()));
    }

    /** With the first detail. */
    private static Shortfall joined(Shortfall first, Shortfall next) {
        return new Shortfall(first.reason(), first.count() + next.count(), first.detail());
    }
}
