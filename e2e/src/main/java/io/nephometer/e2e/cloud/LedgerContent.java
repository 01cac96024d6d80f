// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.model.Sample;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.StoreUrl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a ledger holds, as far as it can be held against a manifest.
 *
 * @param events how often there is an event of this message id
 * @param recovered message ids of entries of recovery, with the reason
 * @param identities of entries of recovery, with the reason
 * @param samples how often there is a sample like this, by what it says and not by its key
 */
record LedgerContent(
        Map<String, Integer> events,
        Map<String, String> recovered,
        Map<String, String> identities,
        Map<SampleKey, Integer> samples) {

    /**
     * What makes a sample the same as another.
     *
     * @param message id of the notification, empty if it was polled
     */
    record SampleKey(String message, List<Object> content) {
        static SampleKey of(Sample sample) {
            return new SampleKey(
                    sample.origin() instanceof Sample.Origin.Derived derived
                            ? derived.message().text()
                            : "",
                    List.of(
                            sample.meter(),
                            sample.volume(),
                            Objects.requireNonNullElse(sample.resourceId(), ""),
                            Objects.requireNonNullElse(sample.projectId(), ""),
                            Objects.requireNonNullElse(sample.userId(), ""),
                            sample.timestamp()));
        }
    }

    /** Reads a ledger, beside whoever writes to it. */
    static LedgerContent read(String url) {
        Map<String, Integer> events = new HashMap<>();
        Map<String, String> recovered = new TreeMap<>();
        Map<String, String> identities = new TreeMap<>();
        Map<SampleKey, Integer> samples = new HashMap<>();
        try (LedgerView ledger =
                Ledgers.openReadOnly(StoreUrl.parse(url), LedgerOptions.DEFAULTS, WallClock.system())) {
            ledger.reader()
                    .events(LedgerQuery.ALL, event -> events.merge(event.id().text(), 1, Integer::sum));
            ledger.reader().samples(LedgerQuery.ALL, sample -> samples.merge(SampleKey.of(sample), 1, Integer::sum));
            ledger.recovery().entries(RecoveryFilter.ALL, entry -> {
                String reason = entry.failure().kind() + ": " + entry.failure().detail();
                identities.put(entry.id(), reason);
                String id = entry.messageId();
                if (id != null) {
                    recovered.put(id, reason);
                }
            });
        }
        return new LedgerContent(events, recovered, identities, samples);
    }
}
