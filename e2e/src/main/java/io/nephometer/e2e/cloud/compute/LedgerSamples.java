// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import io.nephometer.e2e.cloud.compute.Counters.Part;
import io.nephometer.e2e.cloud.process.RunLedger;
import io.nephometer.e2e.cloud.rest.Fields;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a ledger has of slots. */
record LedgerSamples(List<Sample> samples) {
    LedgerSamples {
        samples = List.copyOf(samples);
    }

    static LedgerSamples read(String store, Instant from, Instant to) {
        List<Sample> samples = new ArrayList<>();
        try (LedgerView ledger = RunLedger.open(store)) {
            ledger.reader().samples(LedgerQuery.ALL.between(from, to), samples::add);
        }
        return new LedgerSamples(samples);
    }

    static String instance(Sample sample) {
        return Fields.text(sample.metadata().get("instance_id"));
    }

    /** Instances that have samples in a slot. */
    Set<String> instances(Instant slot) {
        return samples.stream()
                .filter(sample -> sample.timestamp().equals(slot))
                .map(LedgerSamples::instance)
                .collect(Collectors.toSet());
    }

    /** Volumes of an instance in a slot. */
    Map<Part, List<Double>> volumes(String instance, Instant slot) {
        Map<Part, List<Double>> volumes = new HashMap<>();
        samples.stream()
                .filter(sample ->
                        sample.timestamp().equals(slot) && instance(sample).equals(instance))
                .forEach(sample -> volumes.computeIfAbsent(part(sample), _ -> new ArrayList<>())
                        .add(sample.volume().doubleValue()));
        return volumes;
    }

    private static Part part(Sample sample) {
        String disk = Fields.text(sample.metadata().get("disk_name"));
        String tap = Fields.text(sample.metadata().get("vnic_name"));
        return new Part(sample.meter().name(), disk.isEmpty() ? tap : disk);
    }
}
