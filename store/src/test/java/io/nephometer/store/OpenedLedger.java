// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import io.nephometer.model.Event;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.testkit.ledger.LedgerUnderTest;
import java.util.ArrayList;
import java.util.List;

/** A ledger as the contract suite looks at it. */
record OpenedLedger(Ledger ledger) implements LedgerUnderTest {
    @Override
    public LedgerWriter writer() {
        return ledger;
    }

    @Override
    public List<Event> events() {
        List<Event> events = new ArrayList<>();
        ledger.reader().events(LedgerQuery.ALL, events::add);
        return events;
    }

    @Override
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        ledger.reader().samples(LedgerQuery.ALL, samples::add);
        return samples;
    }

    @Override
    public List<Kept> recovery() {
        List<Kept> kept = new ArrayList<>();
        ledger.recovery()
                .entries(
                        RecoveryFilter.ALL,
                        entry -> kept.add(new Kept(
                                entry.message().body(), entry.failure().kind(), entry.eventOnly(), entry.seen())));
        return kept;
    }
}
