// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.CountingAuditConfig;
import io.nephometer.sources.audits.AuditBook;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.AuditSink;
import io.nephometer.sources.audits.CountBook;
import io.nephometer.sources.audits.CountedTask;
import io.nephometer.sources.audits.CountingAuditor;
import io.nephometer.sources.audits.CountingOptions;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.Measurements;
import io.nephometer.store.ledger.Ledger;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What audits of the ledger are made of.
 *
 * @param measurements may be of a replica
 * @param inventory may be of a replica
 * @param hosts may be of a replica
 * @param counts on the primary
 * @param book on the primary
 * @param ledger the primary
 */
record AuditParts(
        Measurements measurements,
        Inventory inventory,
        LedgerHosts hosts,
        CountBook counts,
        AuditBook book,
        AuditSink sink,
        AuditObserver observer,
        Supplier<Optional<Ledger>> ledger) {
    static AuditParts of(AuditReads reads, LedgerAuditBook book, AuditSink sink, AuditObserver observer) {
        return new AuditParts(
                new LedgerMeasurements(reads),
                new LedgerInventory(reads),
                new LedgerHosts(reads),
                new LedgerCountBook(book.ledger()),
                book,
                sink,
                observer,
                book.ledger());
    }

    /** One that counts. */
    AuditRounds rounds(CountedTask task, CountingAuditConfig counting, AuditsConfig config) {
        CountingOptions options = config.countingOptions(counting);
        CountingAuditor auditor = new CountingAuditor(task, options, measurements, inventory, counts, book, sink);
        return new AuditRounds(config.roundsOf(counting), inventory, book, auditor, observer);
    }
}
