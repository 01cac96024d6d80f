// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.model.Sample;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerLog;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.LogEntry;
import io.nephometer.store.ledger.MemberClash;
import io.nephometer.store.ledger.StoreUrl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The polled samples of a ledger, in the order of their arrival. */
record PolledSamples(List<Sample> samples) {
    /** What is measured, which a guest has from its first slot on; each has one resource per guest. */
    static final List<String> METERS =
            List.of("cpu", "vcpus", "memory", "power.state", "disk.device.read.requests", "disk.device.capacity");

    private static final int ENTRIES = 100_000;

    /** What there may be only one sample of. */
    record Key(String meter, String resource, Instant slot) {
        static Key of(Sample sample) {
            return new Key(sample.meter().name(), Objects.requireNonNull(sample.resourceId()), sample.timestamp());
        }
    }

    static PolledSamples read(String url) {
        List<Sample> samples = new ArrayList<>();
        try (LedgerView ledger =
                Ledgers.openReadOnly(StoreUrl.parse(url), LedgerOptions.DEFAULTS, WallClock.system())) {
            LedgerLog log = ledger.log();
            for (LogEntry entry : log.after(0, ENTRIES)) {
                log.samples(entry, samples::add);
            }
        }
        return new PolledSamples(samples);
    }

    /** Members that several agents are. */
    static List<MemberClash> clashes(String url) {
        try (LedgerView ledger =
                Ledgers.openReadOnly(StoreUrl.parse(url), LedgerOptions.DEFAULTS, WallClock.system())) {
            return ledger.slots().clashes();
        }
    }

    /** The slots that have samples, by their starts. */
    TreeSet<Instant> slots() {
        TreeSet<Instant> slots = new TreeSet<>();
        samples.forEach(sample -> slots.add(sample.timestamp()));
        return slots;
    }

    /** The slots of this span, in the order in which the first sample of each arrived. */
    List<Instant> arrivals(Instant from, Instant before) {
        return samples.stream()
                .map(Sample::timestamp)
                .filter(slot -> !slot.isBefore(from) && slot.isBefore(before))
                .distinct()
                .toList();
    }

    /** What is there more than once. */
    Map<Key, Integer> doubled() {
        Map<Key, Integer> counts = new HashMap<>();
        samples.forEach(sample -> counts.merge(Key.of(sample), 1, Integer::sum));
        counts.values().removeIf(count -> count == 1);
        return counts;
    }

    /** The slots that lack a sample of some meter and guest. */
    Set<Instant> incomplete(int guests) {
        Map<Instant, Set<Key>> there = new HashMap<>();
        samples.forEach(sample ->
                there.computeIfAbsent(sample.timestamp(), _ -> new HashSet<>()).add(Key.of(sample)));
        Set<Instant> incomplete = new TreeSet<>();
        there.forEach((slot, keys) -> {
            if (keys.size() != guests * METERS.size()) {
                incomplete.add(slot);
            }
        });
        return incomplete;
    }

    /** The latest sample of a meter and a resource. */
    Sample latest(String meter, String resource) {
        return samples.stream()
                .filter(sample -> sample.meter().name().equals(meter) && resource.equals(sample.resourceId()))
                .max(Comparator.comparing(Sample::timestamp))
                .orElseThrow();
    }
}
