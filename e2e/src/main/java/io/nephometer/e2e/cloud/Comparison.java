// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.e2e.cloud.LedgerContent.SampleKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the bus carried, held against what the ledger has. For one thread. */
final class Comparison {
    private final LedgerContent ledger;
    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();
    private final List<String> missingIds = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> sampleOnly = new HashSet<>();
    private long repeated;
    private long samples;
    private long samplesMissing;
    private long samplesDoubled;

    Comparison(List<Carried> manifest, LedgerContent ledger) {
        this.ledger = ledger;
        manifest.forEach(this::add);
    }

    /** The fates of one event type, in notifications; each in one, {@code doubled} beside them. */
    static final class Row {
        private long carried;
        private long events;
        private long recovered;
        private long sampleOnly;
        private long missing;
        private long doubled;

        long carried() {
            return carried;
        }

        long events() {
            return events;
        }

        long recovered() {
            return recovered;
        }

        long sampleOnly() {
            return sampleOnly;
        }

        long missing() {
            return missing;
        }

        long doubled() {
            return doubled;
        }
    }

    private void add(Carried carried) {
        String id = carried.id();
        if (!seen.add(id == null ? "identity " + carried.identity() : "id " + id)) {
            repeated++;
            return;
        }
        Row row = rows.computeIfAbsent(carried.type(), type -> new Row());
        row.carried++;
        String reason = id == null
                ? ledger.identities().get(carried.identity())
                : ledger.recovered().get(id);
        int events = id == null ? 0 : ledger.events().getOrDefault(id, 0);
        row.doubled += Math.max(0, events - 1);
        if (events > 0) {
            row.events++;
        } else if (reason != null) {
            row.recovered++;
        } else if (id != null && carried.isSampleOnly()) {
            row.sampleOnly++;
            sampleOnly.add(id);
        } else {
            row.missing++;
            missingIds.add(carried.name());
        }
        if (reason != null) {
            reasons.put(carried.name(), reason);
        }
    }

    /**
     * Holds the samples against those of a run in which nothing went wrong. It says what is missing of notifications that give
     * samples alone, too; those that wait in recovery are left out.
     */
    void compareSamples(LedgerContent faultless) {
        faultless.samples().forEach((key, expected) -> {
            int found = ledger.samples().getOrDefault(key, 0);
            if (isCounted(key)) {
                samplesMissing += Math.max(0, expected - found);
            }
            samplesDoubled += Math.max(0, found - expected);
            samples += found;
        });
        ledger.samples().forEach((key, found) -> {
            if (!faultless.samples().containsKey(key) && seen.contains("id " + key.message())) {
                samplesDoubled += found;
            }
        });
    }

    private boolean isCounted(SampleKey key) {
        String id = key.message();
        return id.isEmpty() || ledger.events().containsKey(id) || sampleOnly.contains(id);
    }

    /** The fates by event type. */
    Map<String, Row> rows() {
        return rows;
    }

    /** Of what waits in recovery: event type and id, and why. */
    Map<String, String> reasons() {
        return reasons;
    }

    /** Event type and id of what is nowhere. */
    List<String> missingIds() {
        return missingIds;
    }

    long missing() {
        return rows.values().stream().mapToLong(Row::missing).sum();
    }

    /** Whether everything is there, and once. */
    boolean isClean() {
        return missing() == 0
                && rows.values().stream().allMatch(row -> row.doubled == 0)
                && samplesMissing == 0
                && samplesDoubled == 0;
    }

    /** The figures. The first six are in notifications; {@code carried} counts each id once, {@code repeated} the others. */
    Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("carried", rows.values().stream().mapToLong(Row::carried).sum());
        summary.put("events", rows.values().stream().mapToLong(Row::events).sum());
        summary.put(
                "recovered", rows.values().stream().mapToLong(Row::recovered).sum());
        summary.put(
                "sample_only", rows.values().stream().mapToLong(Row::sampleOnly).sum());
        summary.put("missing", missing());
        summary.put("doubled", rows.values().stream().mapToLong(Row::doubled).sum());
        summary.put("repeated", repeated);
        summary.put("samples", samples);
        summary.put("samples_missing", samplesMissing);
        summary.put("samples_doubled", samplesDoubled);
        return summary;
    }
}
