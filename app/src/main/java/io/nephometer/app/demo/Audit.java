// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.model.Bytes;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.RecoveryFilter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a ledger holds of notifications, counted by what things are and not by the keys of its tables, and compared with what was sent.
 *
 * @param lost messages that were sent and are in neither events nor recovery
 * @param doubled events of one message beyond the first, and samples of one message, meter, resource and ordinal beyond the
 *     first
 * @param samples by meter
 * @param sums of the volumes, by meter
 * @param recovered entries of recovery by reason
 */
public record Audit(
        int lost, int doubled, Map<String, Long> samples, Map<String, Double> sums, Map<String, Long> recovered) {
    private record SampleKey(String message, String meter, String resource, int ordinal) {}

    /**
     * Reads the whole ledger.
     *
     * @param ids of the messages that were sent and have one
     * @param nameless bodies of the messages that were sent and have none that can be read
     */
    static Audit of(LedgerView ledger, Set<String> ids, Set<Bytes> nameless) {
        Map<String, Integer> events = new HashMap<>();
        ledger.reader().events(LedgerQuery.ALL, event -> events.merge(event.id().text(), 1, Integer::sum));
        Set<String> waiting = new HashSet<>();
        Set<Bytes> bodies = new HashSet<>();
        Map<String, Long> reasons = new TreeMap<>();
        ledger.recovery().entries(RecoveryFilter.ALL, entry -> {
            waiting.add(String.valueOf(entry.messageId()));
            bodies.add(entry.message().body());
            reasons.merge(entry.failure().kind().name(), 1L, Long::sum);
        });
        Map<SampleKey, Integer> keys = new HashMap<>();
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Double> sums = new TreeMap<>();
        ledger.reader().samples(LedgerQuery.ALL, sample -> {
            if (!(sample.origin() instanceof Sample.Origin.Derived)) {
                return; // polled: see FleetAudit
            }
            String meter = sample.meter().name();
            keys.merge(key(sample), 1, Integer::sum);
            counts.merge(meter, 1L, Long::sum);
            sums.merge(meter, sample.volume().doubleValue(), Double::sum);
        });
        Set<String> lost = new TreeSet<>(ids);
        lost.removeAll(events.keySet());
        lost.removeAll(waiting);
        Set<Bytes> lostBodies = new HashSet<>(nameless);
        lostBodies.removeAll(bodies);
        return new Audit(lost.size() + lostBodies.size(), beyondOne(events) + beyondOne(keys), counts, sums, reasons);
    }

    private static SampleKey key(Sample sample) {
        return switch (sample.origin()) {
            case Sample.Origin.Derived(var message, int ordinal) ->
                new SampleKey(message.text(), sample.meter().name(), String.valueOf(sample.resourceId()), ordinal);
            case Sample.Origin.Polled(var own) ->
                new SampleKey(own.text(), sample.meter().name(), String.valueOf(sample.resourceId()), 0);
            case Sample.Origin.Slotted(var slot) ->
                new SampleKey(slot.toString(), sample.meter().name(), String.valueOf(sample.resourceId()), 0);
        };
    }

    private static int beyondOne(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(count -> count - 1).sum();
    }

    /** All samples of notifications together. */
    public long sampleCount() {
        return samples.values().stream().mapToLong(Long::longValue).sum();
    }
}
