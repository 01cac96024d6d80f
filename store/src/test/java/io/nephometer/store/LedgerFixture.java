// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Event;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.LedgerWriter;
import io.nephometer.model.Processed;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.testkit.ledger.LedgerUnderTest;
import java.util.ArrayList;
import java.util.List;

/** An empty ledger for one test, on any engine. */
record LedgerFixture(Ledger ledger, TestClock clock) implements LedgerUnderTest, AutoCloseable {
    static LedgerFixture open(StoreUrl url) {
        TestClock clock = new TestClock();
        return new LedgerFixture(Ledgers.open(url, LedgerOptions.DEFAULTS, clock), clock);
    }

    CommitReport commit(Processed... entries) {
        CommitOutcome outcome = ledger.commit(new LedgerBatch("test", List.of(entries)));
        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        return ((CommitOutcome.Committed) outcome).report();
    }

    @Override
    public LedgerWriter writer() {
        return ledger;
    }

    List<Event> events(LedgerQuery query) {
        List<Event> events = new ArrayList<>();
        ledger.reader().events(query, events::add);
        return events;
    }

    List<Sample> samples(LedgerQuery query) {
        List<Sample> samples = new ArrayList<>();
        ledger.reader().samples(query, samples::add);
        return samples;
    }

    @Override
    public List<Event> events() {
        return events(LedgerQuery.ALL);
    }

    @Override
    public List<Sample> samples() {
        return samples(LedgerQuery.ALL);
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

    @Override
    public void close() {
        ledger.close();
    }
}
