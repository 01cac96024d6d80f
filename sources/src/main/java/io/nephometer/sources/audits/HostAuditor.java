// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AssetVersion;
import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells of every hypervisor what it has and how much of it is used: what {@code update_available_resource} of nova-compute is for. Capacity is
 * that of the inventory, use that of the instances there, and the processors' figures are those that compute agents measured; no hypervisor is
 * asked. It reports only: nobody schedules by it, so what is read may be a little old. Used by one thread.
 */
public final class HostAuditor implements Auditor {
    /** The name of Nova's task. */
    public static final String TASK = "update_available_resource";

    /** So far before a period the reading is looked for from which growth in it is counted. */
    private static final Duration EARLIER = Duration.ofMinutes(30);

    private static final Duration SLICE = Duration.ofMinutes(15);

    private final Duration settle;
    private final Inventory inventory;
    private final Hosts hosts;
    private final Measurements measurements;
    private final AuditBook book;
    private final AuditSink sink;
    private @Nullable Measured measured;

    private @Nullable Everywhere everywhere;

    private record Everywhere(Period period, Map<String, InstanceVersion> instances) {}

    /** What was measured in a period, of all shares. */
    private record Measured(Period period, HostReadings readings, StillMeasured instances) {}

    /** @param settle how long after the end of a period it is told at the earliest */
    public HostAuditor(
            Duration settle,
            Inventory inventory,
            Hosts hosts,
            Measurements measurements,
            AuditBook book,
            AuditSink sink) {
        this.settle = settle;
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
            if (book.now().isBefore(period.end().plus(settle))) {
                return new AuditResult.Held("what was measured until " + period.end() + " is still to come");
            }
            Optional<AuditResult> obstacle = obstacle(inventory.place(period.end()), period);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
            Inventory.Window window = inventory.window(period, share, period.end());
            Optional<AuditResult> elsewhere = obstacle(window.place(), period);
            if (elsewhere.isPresent()) {
                return elsewhere.get();
            }
            List<HostEvent> events = events(period, share, window.instances());
            Optional<AuditBook.Hold> hold = book.begin(key(period, share), window.place());
            return hold.isEmpty() ? new AuditResult.Taken() : tell(events, new EventTelling(hold.get(), sink));
        } catch (AuditException e) {
            return new AuditResult.Failed(String.valueOf(e.getMessage()));
        }
    }

    private static AuditResult tell(List<HostEvent> events, EventTelling telling) throws AuditException {
        long strangers =
                events.stream().mapToLong(event -> event.use().strangers()).sum();
        try {
            return telling.tell(
                    events, strangers == 0 ? "" : strangers + " instances run where the inventory does not have them");
        } catch (AuditException e) {
            telling.failed(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static Optional<AuditResult> obstacle(Inventory.Place place, Period period) {
        Instant watermark = place.watermark();
        if (watermark == null) {
            return Optional.of(new AuditResult.Held("nobody has read the whole cloud yet (" + place.source() + ")"));
        }
        return watermark.isBefore(period.end())
                ? Optional.of(new AuditResult.Held(
                        "the inventory is complete up to " + watermark + " (" + place.source() + ")"))
                : Optional.empty();
    }

    private List<HostEvent> events(Period period, int share, List<InstanceVersion> instances) throws AuditException {
        Measured figures = measured(period);
        SortedMap<String, AssetVersion> known = new TreeMap<>();
        hosts.hosts(period.end(), share).hosts().forEach(host -> known.put(host.id(), host));
        SortedMap<String, HostReadings.Both> shown = new TreeMap<>();
        figures.readings().all().values().forEach(both -> {
            if (HostShare.of(both.host()) == share
                    && period.contains(both.last().at())) {
                shown.put(idOf(both, known), both);
            }
        });
        Hypervisors all = new Hypervisors();
        known.values().forEach(host -> all.add(host.host(), node(host)));
        shown.forEach((id, both) -> {
            if (!known.containsKey(id)) {
                all.add(both.host(), both.node());
            }
        });
        instances.stream().filter(one -> one.terminated() == null).forEach(all::place);
        Map<String, StillMeasured.Sighting> elsewhere =
                new TreeMap<>(figures.instances().all());
        elsewhere
                .entrySet()
                .removeIf(one -> all.isExpected(one.getKey(), one.getValue().host()));
        for (Map.Entry<String, StillMeasured.Sighting> one : elsewhere.entrySet()) {
            if (isStranger(period, one.getKey(), one.getValue())) {
                all.found(one.getKey(), one.getValue().host());
            }
        }
        List<HostEvent> events = new ArrayList<>();
        all.uses()
                .forEach((id, place) -> events.add(
                        new HostEvent(period, place.host(), place.node(), known.get(id), place.use(), shown.get(id))));
        return events;
    }

    /** What moved, or ended, after it was seen, was rightly there. */
    private boolean isStranger(Period period, String instance, StillMeasured.Sighting sighting) throws AuditException {
        InstanceVersion known = everywhere(period).get(instance);
        return known == null || known.since().isBefore(sighting.at());
    }

    /** Every instance that lived in a period, on whatever host; read only if one of them is not where it should be. */
    private Map<String, InstanceVersion> everywhere(Period period) throws AuditException {
        Everywhere last = everywhere;
        if (last != null && last.period().equals(period)) {
            return last.instances();
        }
        Map<String, InstanceVersion> instances = new HashMap<>();
        for (int share = 0; share < HostShare.COUNT; share++) {
            inventory.window(period, share, period.end()).instances().forEach(one -> instances.put(one.id(), one));
        }
        everywhere = new Everywhere(period, instances);
        return instances;
    }

    /** A machine may call itself otherwise than Nova does: the only hypervisor of a host is meant all the same. */
    private static String idOf(HostReadings.Both both, SortedMap<String, AssetVersion> known) {
        List<String> ofHost = known.values().stream()
                .filter(one -> both.host().equals(one.host()))
                .map(AssetVersion::id)
                .toList();
        return ofHost.size() == 1 ? ofHost.getFirst() : AssetVersion.hostId(both.host(), both.node());
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
        HostReadings readings = measurements
                .read(HostMeters.ALL, period.begin().minus(EARLIER), period.end(), SLICE, HostReadings::new)
                .taker();
        StillMeasured instances = measurements
                .read(StillMeasured.METER, period.begin(), period.end(), SLICE, StillMeasured::new)
                .taker();
        Measured now = new Measured(period, readings, instances);
        measured = now;
        return now;
    }
}
