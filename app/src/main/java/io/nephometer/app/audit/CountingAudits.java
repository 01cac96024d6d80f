// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.CountingAuditConfig;
import io.nephometer.sources.audits.AuditBook;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.AuditOptions;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.AuditSink;
import io.nephometer.sources.audits.CountBook;
import io.nephometer.sources.audits.CountedTask;
import io.nephometer.sources.audits.CountingAuditor;
import io.nephometer.sources.audits.CountingOptions;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.Measurements;
import io.nephometer.sources.audits.PollBandwidthUsage;
import io.nephometer.sources.audits.PollVolumeUsage;
import io.nephometer.store.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The audits that count what agents measured.
 *
 * @param measurements may be of a replica
 * @param inventory may be of a replica
 * @param counts on the primary
 * @param book on the primary
 * @param ledger the primary
 */
record CountingAudits(
        Measurements measurements,
        Inventory inventory,
        CountBook counts,
        AuditBook book,
        AuditSink sink,
        AuditObserver observer,
        Supplier<Optional<Ledger>> ledger) {
    /** How far back measurements are looked for that came too late for the period before. */
    private static final Duration LATE = Duration.ofHours(1);

    static CountingAudits of(AuditReads reads, LedgerAuditBook book, AuditSink sink, AuditObserver observer) {
        return new CountingAudits(
                new LedgerMeasurements(reads),
                new LedgerInventory(reads),
                new LedgerCountBook(book.ledger()),
                book,
                sink,
                observer,
                book.ledger());
    }

    /** Those that are switched on. An audit more is a line here. */
    List<AuditRounds> rounds(AuditsConfig config) {
        List<AuditRounds> rounds = new ArrayList<>();
        add(rounds, new PollBandwidthUsage(), config.bandwidth(), config);
        add(rounds, new PollVolumeUsage(), config.volumes(), config);
        return rounds;
    }

    private void add(List<AuditRounds> rounds, CountedTask task, CountingAuditConfig counting, AuditsConfig config) {
        if (counting.enabled()) {
            CountingOptions options = new CountingOptions(config.settle(), counting.patience(), LATE);
            AuditOptions when = config.roundsOf(counting);
            CountingAuditor auditor = new CountingAuditor(task, options, measurements, inventory, counts, book, sink);
            rounds.add(new AuditRounds(when, inventory, book, auditor, observer));
        }
    }
}
