// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.CounterGroup;
import io.nephometer.hypervisor.Domain;
import io.nephometer.hypervisor.DomainFault;
import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.hypervisor.Inspection;
import io.nephometer.inventory.discovery.DiscoveredInstance;
import io.nephometer.inventory.discovery.Discovery;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.sources.polling.MetadataState;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.slots.Measuring;
import io.nephometer.sources.polling.slots.UnmeasurableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sources of one interval on one hypervisor: one inspection serves them all. */
final class ComputeMeasuring implements Measuring {
    private final String host;
    private final Duration interval;
    private final Map<String, List<Pollster>> pollsters;
    private final Set<CounterGroup> wanted;
    private final Hypervisor hypervisor;
    private final InstanceFinder finder;
    private final HostFigures figures;
    private final ComputeObserver observer;
    /** By source: of one cycle, the slot of one source may be delivered and that of another not. */
    private final Map<String, SampleMaker> makers = new HashMap<>();

    /** @param pollsters by the name of their source; none is there twice */
    ComputeMeasuring(
            String host,
            Duration interval,
            Map<String, List<Pollster>> pollsters,
            boolean stoppedToo,
            Hypervisor hypervisor,
            InstanceFinder finder,
            HostFigures figures,
            ComputeObserver observer) {
        this.figures = figures;
        this.observer = observer;
        this.host = host;
        this.interval = interval;
        this.pollsters = new LinkedHashMap<>(pollsters);
        this.wanted = wanted(pollsters, stoppedToo);
        this.hypervisor = hypervisor;
        this.finder = finder;
        pollsters.keySet().forEach(source -> makers.put(source, new SampleMaker(interval, observer)));
    }

    private static Set<CounterGroup> wanted(Map<String, List<Pollster>> pollsters, boolean stoppedToo) {
        Set<CounterGroup> wanted = EnumSet.noneOf(CounterGroup.class);
        pollsters.values().forEach(list -> list.forEach(pollster -> wanted.addAll(pollster.needs())));
        if (stoppedToo) {
            wanted.add(CounterGroup.STOPPED);
        }
        return wanted;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public List<Slot> slots(Instant start) {
        return pollsters.keySet().stream()
                .map(source -> new Slot(source, interval, start))
                .toList();
    }

    @Override
    public List<SlotMeasurements> measure(Instant start) throws UnmeasurableException, InterruptedException {
        Hypervisor.Answer answer = inspect();
        Discovery discovery = finder.find(answer.inspection(), wanted);
        Set<String> unreadable =
                answer.inspection().faults().stream().map(DomainFault::domain).collect(Collectors.toSet());
        makers.values().forEach(maker -> maker.turn(discovery.instances(), unreadable));
        MetadataState metadata = oldest(discovery.instances());
        List<SlotMeasurements> measured = new ArrayList<>();
        for (Slot slot : slots(start)) {
            List<Shortfall> shortfalls = new ArrayList<>(discovery.shortfalls());
            shortfalls.addAll(faults(answer.inspection()));
            List<Sample> taken = new ArrayList<>();
            for (Pollster pollster : pollsters.getOrDefault(slot.source(), List.of())) {
                maker(slot).make(pollster, discovery.instances(), slot, answer.measured(), taken, shortfalls);
            }
            List<Sample> ofHost =
                    HostMeters.samples(pollsters.getOrDefault(slot.source(), List.of()), host, figures, slot);
            ofHost.forEach(sample -> observer.sampled(sample.meter().name(), 1));
            taken.addAll(ofHost);
            measured.add(new SlotMeasurements(slot, host, answer.measured(), metadata, taken, shortfalls));
        }
        return measured;
    }

    private SampleMaker maker(Slot slot) {
        return Objects.requireNonNull(makers.get(slot.source()));
    }

    @Override
    public void delivered(Slot slot) {
        maker(slot).delivered();
    }

    private Hypervisor.Answer inspect() throws UnmeasurableException, InterruptedException {
        try {
            return hypervisor.inspect(wanted);
        } catch (HypervisorException e) {
            String reason = "hypervisor_" + e.kind().name().toLowerCase(Locale.ROOT);
            throw new UnmeasurableException(new Shortfall(reason, 0, String.valueOf(e.getMessage())), e);
        }
    }

    /** What could not be read. A domain that lacks its description alone is discovery's to judge. */
    private static List<Shortfall> faults(Inspection inspection) {
        Set<String> shown = inspection.domains().stream().map(Domain::id).collect(Collectors.toSet());
        return inspection.faults().stream()
                .filter(fault -> fault.kind() == DomainFault.Kind.NO_COUNTERS
                        || (fault.kind() == DomainFault.Kind.BAD_DESCRIPTION && !shown.contains(fault.domain())))
                .map(fault -> new Shortfall(
                        fault.kind().name().toLowerCase(Locale.ROOT), 1, fault.domain() + ": " + fault.detail()))
                .toList();
    }

    private static @Nullable MetadataState oldest(List<DiscoveredInstance> instances) {
        return instances.stream()
                .max(Comparator.comparing(DiscoveredInstance::age))
                .map(instance -> new MetadataState(
                        instance.origin().name().toLowerCase(Locale.ROOT), instance.asOf(), instance.age()))
                .orElse(null);
    }
}
