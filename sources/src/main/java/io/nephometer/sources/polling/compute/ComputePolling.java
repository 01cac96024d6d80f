// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.Inspector;
import io.nephometer.model.Incarnation;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.runtime.yaml.ProblemList;
import io.nephometer.sources.polling.definition.PollingDefinition;
import io.nephometer.sources.polling.definition.PollingSource;
import io.nephometer.sources.polling.slots.Measuring;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a polling definition means on a hypervisor. */
public final class ComputePolling {
    private static final String OWN_DISCOVERY = "local_instances";

    private final ComputeOptions options;
    private final Inspector inspector;
    private final InstanceFinder finder;
    private final InstantSource clock;
    private final Ticker ticker;
    private final ComputeObserver observer;
    private final HostFigures figures;

    /**
     * One that measures instances alone.
     *
     * @param inspector used by one thread at a time; not closed here
     */
    public ComputePolling(
            ComputeOptions options,
            Inspector inspector,
            InstanceFinder finder,
            InstantSource clock,
            Ticker ticker,
            ComputeObserver observer) {
        this(options, inspector, finder, HostFigures.NONE, clock, ticker, observer);
    }

    /** @param figures of the machine */
    public ComputePolling(
            ComputeOptions options,
            Inspector inspector,
            InstanceFinder finder,
            HostFigures figures,
            InstantSource clock,
            Ticker ticker,
            ComputeObserver observer) {
        this.figures = figures;
        this.options = options;
        this.inspector = inspector;
        this.finder = finder;
        this.clock = clock;
        this.ticker = ticker;
        this.observer = observer;
    }

    /**
     * What is to be measured, by interval. A source that wants no meter of instances is not among it. A meter that several
     * sources of one interval want is measured for the first of them.
     */
    public List<Measuring> of(PollingDefinition definition) {
        Hypervisor hypervisor = new Hypervisor(inspector, clock, ticker, observer);
        List<Measuring> all = new ArrayList<>();
        definition.byInterval().forEach((interval, sources) -> {
            Map<String, List<Pollster>> pollsters = pollsters(sources);
            if (!pollsters.isEmpty()) {
                all.add(new ComputeMeasuring(
                        options.host(),
                        interval,
                        pollsters,
                        options.stoppedInstances(),
                        hypervisor,
                        finder,
                        figures,
                        observer));
            }
        });
        return all;
    }

    /** Which sources, in which intervals, are measured here. */
    public static Set<Incarnation.Polled> polls(PollingDefinition definition) {
        Set<Incarnation.Polled> polls = new HashSet<>();
        definition.byInterval().forEach((interval, sources) -> pollsters(sources)
                .keySet()
                .forEach(source -> polls.add(new Incarnation.Polled(source, interval))));
        return polls;
    }

    private static Map<String, List<Pollster>> pollsters(List<PollingSource> sources) {
        Map<String, List<Pollster>> pollsters = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (PollingSource source : sources) {
            for (Pollster pollster : ComputeMeters.pollsters()) {
                if (measuresInstances(source) && source.wants(pollster.name()) && taken.add(pollster.name())) {
                    pollsters
                            .computeIfAbsent(source.name(), _ -> new ArrayList<>())
                            .add(pollster);
                }
            }
        }
        return pollsters;
    }

    private static boolean measuresInstances(PollingSource source) {
        return source.discovery().isEmpty() || source.discovery().contains(OWN_DISCOVERY);
    }

    /** What in the definition has no effect here: meters that nobody knows, and resources that are no instances. */
    public static List<DefinitionProblem> warnings(PollingDefinition definition) {
        ProblemList problems = new ProblemList(definition.file());
        for (PollingSource source : definition.sources()) {
            boolean ours = ComputeMeters.names().stream().anyMatch(source::wants);
            if (ours && (!measuresInstances(source) || !source.resources().isEmpty())) {
                problems.add(
                        DefinitionProblem.Severity.SKIPPED,
                        source.line(),
                        source.name(),
                        measuresInstances(source)
                                ? "instances are found, not listed; resources has no effect on their meters"
                                : "meters of instances are measured with the discovery " + OWN_DISCOVERY + " only");
            }
        }
        List<DefinitionProblem> all = new ArrayList<>(definition.warnings());
        all.addAll(definition.unknownMeters(KnownPollsters.names()));
        all.addAll(problems.all());
        return all;
    }
}
