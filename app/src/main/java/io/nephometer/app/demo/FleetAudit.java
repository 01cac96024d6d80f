// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.app.demo.SlotBook.MemberSlot;
import io.nephometer.app.demo.SlotBook.PolledKey;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger holds of a fleet, counted by what samples are and not by their ids, and compared with what the agents handed over.
 *
 * @param hosts of which the ledger took something
 * @param instances of which it holds something
 * @param samples polled ones that it holds
 * @param lost samples that it took and does not hold
 * @param doubled samples of one meter, resource and slot beyond the first
 * @param requests of Nova and Glance for metadata
 * @param requestsWithoutCache the same of as many cycles without a cache
 * @param oldest age of the metadata that 99 of 100 measured slots did not exceed; null if none had any
 */
public record FleetAudit(
        int hosts,
        int instances,
        long samples,
        int lost,
        int doubled,
        SlotCount slots,
        long requests,
        long requestsWithoutCache,
        @Nullable Duration oldest) {
    private static final int PERCENT = 99;
    private static final double MILLIS = 1000;
    /** Its resource is the instance. */
    private static final String PER_INSTANCE = "cpu";

    /** Reads the whole ledger. */
    static FleetAudit of(LedgerView ledger, Fleet.Run run) {
        Map<PolledKey, Integer> held = new HashMap<>();
        ledger.reader().samples(LedgerQuery.ALL, sample -> {
            if (!(sample.origin() instanceof Sample.Origin.Derived)) {
                held.merge(PolledKey.of(sample), 1, Integer::sum);
            }
        });
        Map<MemberSlot, List<List<PolledKey>>> taken = run.notes().taken();
        Set<PolledKey> lost = new HashSet<>();
        taken.values().forEach(measurements -> measurements.forEach(lost::addAll));
        lost.removeAll(held.keySet());
        long total = held.values().stream().mapToLong(Integer::longValue).sum();
        return new FleetAudit(
                (int) taken.keySet().stream().map(MemberSlot::member).distinct().count(),
                instances(held.keySet()),
                total,
                lost.size(),
                (int) (total - held.size()),
                SlotCount.of(run, lost),
                run.requests(),
                run.requestsWithoutCache(),
                oldest(run.notes().ages()));
    }

    private static int instances(Set<PolledKey> held) {
        return (int) held.stream()
                .filter(key -> key.meter().equals(PER_INSTANCE))
                .map(PolledKey::resource)
                .distinct()
                .count();
    }

    /** By the nearest rank. */
    private static @Nullable Duration oldest(Map<MemberSlot, Duration> ages) {
        List<Duration> sorted = ages.values().stream().sorted().toList();
        return sorted.isEmpty() ? null : sorted.get((sorted.size() * PERCENT + PERCENT) / 100 - 1);
    }

    /** The age in seconds, or null. */
    public @Nullable Double oldestSeconds() {
        return oldest == null ? null : oldest.toMillis() / MILLIS;
    }

    /** The figures as scripts read them. */
    void putInto(Map<String, Object> json) {
        json.put("hosts", hosts);
        json.put("instances", instances);
        json.put("nova_requests", requests);
        json.put("nova_requests_without_cache", requestsWithoutCache);
        Double age = oldestSeconds();
        if (age != null) {
            json.put("metadata_age_p99_s", age);
        }
    }

    /** Whether nothing is lost and nothing is there twice. */
    public boolean isGood() {
        return lost == 0 && doubled == 0 && slots.duplicated() == 0;
    }
}
