// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a ledger holds, counted by reading all of it.
 *
 * @param messages of which there are events
 */
public record LedgerCount(long events, long messages, long samples) {
    /** Of the ledger at {@code url}. */
    public static LedgerCount of(String url) {
        AtomicLong events = new AtomicLong();
        AtomicLong samples = new AtomicLong();
        Set<UUID> messages = new HashSet<>();
        try (LedgerView ledger =
                Ledgers.openReadOnly(StoreUrl.parse(url), LedgerOptions.DEFAULTS, InstantSource.system())) {
            ledger.reader().events(LedgerQuery.ALL, event -> {
                events.incrementAndGet();
                messages.add(event.id().key());
            });
            ledger.reader().samples(LedgerQuery.ALL, sample -> samples.incrementAndGet());
        }
        return new LedgerCount(events.get(), messages.size(), samples.get());
    }
}
