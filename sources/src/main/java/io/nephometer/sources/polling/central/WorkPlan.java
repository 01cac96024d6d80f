// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import io.nephometer.coordination.Partitions;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a polling definition means for the APIs of a cloud: units of work, the same for every member that has the same definition.
 * A listing is a unit of the name of its discovery ({@code images}); work per resource is a unit for each partition
 * ({@code tenant/17}), and the listing that tells the partitions their resources ({@code tenant}).
 */
public final class WorkPlan {
    private final Map<WorkUnit, UnitWork> work = new LinkedHashMap<>();
    private final ProblemList problems;
    private final Map<String, Discovery> discoveries;
    /** Of one interval, what several sources want of one discovery is measured for the first of them. */
    private final Set<Taken> taken = new HashSet<>();

    private final FixedResources fixed = new FixedResources();

    private record Taken(Duration interval, String pollster, String discovery) {}

    /** Plans all sources that want any of the pollsters. */
    public WorkPlan(
            PollingDefinition definition, Collection<CentralPollster> known, Collection<Discovery> discoveries) {
        this.problems = new ProblemList(definition.file());
        this.discoveries = discoveries.stream().collect(Collectors.toMap(Discovery::name, Function.identity()));
        each(definition, known, fixed::add);
        each(definition, known, this::plan);
    }

    private static void each(
            PollingDefinition definition,
            Collection<CentralPollster> known,
            BiConsumer<PollingSource, CentralPollster> what) {
        for (PollingSource source : definition.sources()) {
            known.stream()
                    .filter(pollster -> source.wants(pollster.name()))
                    .forEach(pollster -> what.accept(source, pollster));
        }
    }

    /** All units, in the order of the definition. */
    public List<WorkUnit> units() {
        return List.copyOf(work.keySet());
    }

    /** What is to be measured, in words: the same for members that measure the same. */
    public String text() {
        return work.entrySet().stream()
                .map(unit -> unit.getKey().key() + ": " + unit.getValue().text())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** What of the definition cannot be done. */
    public List<DefinitionProblem> problems() {
        return problems.all();
    }

    @Nullable UnitWork work(WorkUnit unit) {
        return work.get(unit);
    }

    Discovery discovery(String name) {
        Discovery discovery = discoveries.get(name);
        if (discovery == null) {
            throw new IllegalStateException("no discovery is called " + name);
        }
        return discovery;
    }

    private void plan(PollingSource source, CentralPollster pollster) {
        switch (pollster.kind()) {
            case LISTED -> listed(source, pollster);
            case PER_RESOURCE -> perResource(source, pollster);
        }
    }

    private void listed(PollingSource source, CentralPollster pollster) {
        List<String> names = source.discovery().isEmpty() ? List.of(pollster.defaultDiscovery()) : source.discovery();
        if (!source.resources().isEmpty()) {
            problems.add(
                    DefinitionProblem.Severity.WARNING,
                    source.line(),
                    source.name() + ".resources",
                    pollster.name() + " is told by the listing of " + pollster.defaultDiscovery()
                            + ", whole: resources are not asked for by themselves, and what is named here is not looked at");
        }
        for (String name : names) {
            if (isOwn(source, pollster, name) && take(source, pollster, name)) {
                add(unit(source, name), new UnitWork.Listing(name, List.of(pollster), false));
            }
        }
    }

    private void perResource(PollingSource source, CentralPollster pollster) {
        String name = pollster.defaultDiscovery();
        boolean wantsRoster = source.discovery().contains(name)
                || (source.discovery().isEmpty() && source.resources().isEmpty());
        source.discovery().forEach(other -> isOwn(source, pollster, other));
        boolean usesRoster = wantsRoster && take(source, pollster, name);
        Set<String> own = fixed.of(source, pollster);
        if (!usesRoster && own.isEmpty()) {
            return;
        }
        if (usesRoster) {
            add(unit(source, name), new UnitWork.Listing(name, List.of(), true));
        }
        Share share = new Share(pollster, usesRoster, own, fixed.elsewhere(source, pollster));
        for (int index = 0; index < Partitions.COUNT; index++) {
            add(unit(source, name + "/" + index), new UnitWork.Partition(name, index, List.of(share)));
        }
    }

    /** What another discovery finds is of another kind, which the pollster would not understand. */
    private boolean isOwn(PollingSource source, CentralPollster pollster, String discovery) {
        boolean isOwn = discovery.equals(pollster.defaultDiscovery());
        if (!isOwn) {
            problems.add(
                    DefinitionProblem.Severity.SKIPPED,
                    source.line(),
                    source.name() + ".discovery",
                    pollster.name() + " does not measure what " + discovery + " finds; it measures "
                            + pollster.defaultDiscovery());
        }
        return isOwn;
    }

    private boolean take(PollingSource source, CentralPollster pollster, String discovery) {
        return taken.add(new Taken(source.interval(), pollster.name(), discovery));
    }

    private void add(WorkUnit unit, UnitWork more) {
        work.merge(unit, more, UnitWork::and);
    }

    private static WorkUnit unit(PollingSource source, String name) {
        return new WorkUnit(source.name(), source.interval(), name);
    }
}
