// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AssetVersion;
import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells of every hypervisor what it has and how much of it is used: what {@code update_available_resource} of nova-compute is for. Capacity is
 * that of the inventory, use that of the instances there, and the processors' figures are those that compute agents measured; no hypervisor is
 * asked. Nothing is told before the inventory has all that happened in the period. Used by one thread.
 */
public final class HostAuditor implements Auditor {
    /** The name of Nova's task. */
    public static final String TASK = "update_available_resource";

    /** So far before a period the reading is looked for from which growth in it is counted. */
    public static final Duration EARLIER = Duration.ofMinutes(30);

    private static final Duration SLICE = Duration.ofMinutes(15);

    private final HostOptions options;
    private final Inventory inventory;
    private final Hosts hosts;
    private final Measurements measurements;
    private final AuditBook book;
    private final AuditSink sink;
    private @Nullable Measured measured;

    /** The polling sources of which samples were seen. */
    private Set<String> sources = Set.of();

    /** What was measured in a period, of all shares. */
    private record Measured(Period period, HostReadings readings, StillMeasured instances, LateMembers late) {}

    /**
     * What there is of a share.
     *
     * @param unplaced instances of which it is not known on which hypervisor they are
     * @param sizeless those of which it is not known how large they are
     */
    private record Found(List<HostEvent> events, List<String> unplaced, List<String> sizeless) {
        int unsure() {
            return unplaced.size() + sizeless.size();
        }
    }

    public HostAuditor(
            HostOptions options,
            Inventory inventory,
            Hosts hosts,
            Measurements measurements,
            AuditBook book,
            AuditSink sink) {
        this.options = options;
        this.inventory = inventory;
        this.hosts = hosts;
        this.measurements = measurements;
        this.book = book;
        this.sink = sink;
    }

    @Override
    public String task() {
        return TASK;
    }

    @Override
    public AuditKey key(Period period, int share) {
        return new AuditKey(TASK, UsageAuditor.scope(share), period);
    }

    @Override
    public boolean inOrder() {
        return false;
    }

    @Override
    public AuditResult run(Period period, int share) {
        try {
            Optional<String> early = early(period);
            if (early.isPresent()) {
                return new AuditResult.Held(early.get());
            }
            Inventory.Window window = inventory.window(period, share, period.end());
            Hosts.Found listed = hosts.hosts(period.end(), share);
            Optional<String> obstacle = obstacle(window.place(), "inventory", period)
                    .or(() -> options.listed()
                            ? obstacle(listed.place(), "inventory of hypervisors", period)
                            : Optional.empty());
            if (obstacle.isPresent()) {
                return new AuditResult.Held(obstacle.get());
            }
            Measured figures = measured(period);
            if (!figures.late().isEmpty() && waits(period)) {
                measured = null;
                return new AuditResult.Held(figures.late().text());
            }
            Found found = found(period, share, window.instances(), listed.hosts(), figures);
            Optional<AuditBook.Hold> hold = book.begin(key(period, share), window.place());
            return hold.isEmpty()
                    ? new AuditResult.Taken()
                    : tell(found, figures.late(), new EventTelling(hold.get(), sink));
        } catch (AuditException e) {
            return new AuditResult.Failed(String.valueOf(e.getMessage()));
        }
    }

    private boolean waits(Period period) throws AuditException {
        return book.now().isBefore(period.end().plus(options.settle()).plus(options.patience()));
    }

    /** What can be told without reading much. */
    private Optional<String> early(Period period) throws AuditException {
        if (book.now().isBefore(period.end().plus(options.settle()))) {
            return Optional.of("what was measured until " + period.end() + " is still to come");
        }
        Optional<String> obstacle = obstacle(inventory.place(period.end()), "inventory", period);
        if (obstacle.isPresent() || sources.isEmpty() || !waits(period)) {
            return obstacle;
        }
        LateMembers late = LateMembers.of(measurements.behind(period.end()), sources);
        return late.isEmpty() ? Optional.empty() : Optional.of(late.text());
    }

    private static Optional<String> obstacle(Inventory.Place place, String what, Period period) {
        if (place.isCompleteUpTo(period.end())) {
            return Optional.empty();
        }
        return Optional.of(
                place.watermark() == null
                        ? "the " + what + " was never read whole (" + place.source() + ")"
                        : "the " + what + " is complete up to " + place.watermark() + " (" + place.source() + ")");
    }

    private static AuditResult tell(Found found, LateMembers late, EventTelling telling) throws AuditException {
        List<String> remarks = new ArrayList<>();
        long strangers = found.events().stream()
                .mapToLong(event -> event.use().strangers())
                .sum();
        if (!late.isEmpty()) {
            remarks.add(late.text());
        }
        if (strangers > 0) {
            remarks.add(strangers + " instances run where the inventory does not have them");
        }
        if (!found.unplaced().isEmpty()) {
            remarks.add("in no figure, since it is not known on which hypervisor of their host they are, are "
                    + SomeNames.instances(found.unplaced()));
        }
        if (!found.sizeless().isEmpty()) {
            remarks.add("counted in instances alone, since their flavors are not known, are "
                    + SomeNames.instances(found.sizeless()));
        }
        try {
            return telling.tell(found.events(), String.join("; ", remarks), found.unsure());
        } catch (AuditException e) {
            telling.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private Found found(
            Period period, int share, List<InstanceVersion> instances, List<AssetVersion> listed, Measured figures)
            throws AuditException {
        SortedMap<String, AssetVersion> known = new TreeMap<>();
        listed.forEach(host -> known.put(host.id(), host));
        SortedMap<String, HostReadings.Both> shown = new TreeMap<>();
        figures.readings().all().values().forEach(both -> {
            if (HostShare.of(both.host()) == share
                    && period.contains(both.last().at())) {
                idOf(both, known).ifPresent(id -> shown.put(id, both));
            }
        });
        Hypervisors all = new Hypervisors();
        known.values().forEach(host -> all.add(host.host(), node(host)));
        shown.forEach((id, both) -> {
            if (!known.containsKey(id)) {
                all.add(both.host(), both.node());
            }
        });
        List<String> unplaced = new ArrayList<>();
        List<String> sizeless = new ArrayList<>();
        for (InstanceVersion one : instances) {
            if (one.terminated() == null && one.host() != null) {
                switch (all.place(one)) {
                    case NOWHERE -> unplaced.add(one.id());
                    case OF_NO_SIZE -> sizeless.add(one.id());
                    case COUNTED -> {}
                }
            }
        }
        strangers(period, figures.instances(), all);
        List<HostEvent> events = new ArrayList<>();
        all.uses()
                .forEach((id, place) -> events.add(
                        new HostEvent(period, place.host(), place.node(), known.get(id), place.use(), shown.get(id))));
        return new Found(events, unplaced, sizeless);
    }

    /** Which instances ran where they are not; what moved, or ended, after it was seen, was rightly there. */
    private void strangers(Period period, StillMeasured running, Hypervisors all) throws AuditException {
        Map<String, StillMeasured.Sighting> elsewhere = new TreeMap<>(running.all());
        elsewhere
                .entrySet()
                .removeIf(one -> all.isExpected(one.getKey(), one.getValue().host()));
        if (elsewhere.isEmpty()) {
            return;
        }
        Map<String, InstanceVersion> known = new HashMap<>();
        inventory.window(period, elsewhere.keySet(), period.end()).instances().forEach(one -> known.put(one.id(), one));
        elsewhere.forEach((instance, sighting) -> {
            InstanceVersion one = known.get(instance);
            if (one == null || one.since().isBefore(sighting.at())) {
                all.found(instance, sighting.host());
            }
        });
    }

    /**
     * A machine may call itself otherwise than Nova does: the only hypervisor of a host is meant all the same. Empty if the host has several,
     * and it calls itself like none.
     */
    private static Optional<String> idOf(HostReadings.Both both, SortedMap<String, AssetVersion> known) {
        List<String> ofHost = known.values().stream()
                .filter(one -> both.host().equals(one.host()))
                .map(AssetVersion::id)
                .toList();
        String own = AssetVersion.hostId(both.host(), both.node());
        return switch (ofHost.size()) {
            case 0 -> Optional.of(own);
            case 1 -> Optional.of(ofHost.getFirst());
            default -> ofHost.contains(own) ? Optional.of(own) : Optional.empty();
        };
    }

    private static String node(AssetVersion host) {
        String node = host.text("nodename");
        return node == null ? host.id() : node;
    }

    private Measured measured(Period period) throws AuditException {
        Measured last = measured;
        if (last != null && last.period().equals(period)) {
            return last;
        }
        Measurements.Answer<HostReadings> readings = measurements.read(
                HostMeters.ALL, period.begin().minus(EARLIER), period.end(), SLICE, HostReadings::new);
        Measurements.Answer<StillMeasured> instances =
                measurements.read(StillMeasured.METER, period.begin(), period.end(), SLICE, StillMeasured::new);
        Set<String> seen = new HashSet<>(readings.taker().sources());
        seen.addAll(instances.taker().sources());
        sources = seen.isEmpty() ? sources : Set.copyOf(seen);
        Set<Measurements.Behind> behind = new HashSet<>(readings.behind());
        behind.addAll(instances.behind());
        Measured now = new Measured(period, readings.taker(), instances.taker(), LateMembers.of(behind, sources));
        measured = now;
        return now;
    }
}
