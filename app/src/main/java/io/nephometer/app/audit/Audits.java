// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.sources.audits.AuditBook;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.AuditOptions;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.AuditSink;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.replica.ReplicaRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All audits that are switched on, over a ledger. */
public final class Audits {
    /** An audit whose process is gone goes on after that time. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private Audits() {}

    static List<AuditRounds> of(
            AuditsConfig config, AuditReads reads, LedgerAuditBook book, AuditSink sink, AuditObserver observer) {
        List<AuditRounds> rounds = new ArrayList<>();
        if (config.usage().enabled()) {
            rounds.add(usage(config.usageOptions(), new LedgerInventory(reads), book, sink, observer));
        }
        rounds.addAll(CountingAudits.of(reads, book, sink, observer).rounds(config));
        return rounds;
    }

    private static AuditRounds usage(
            AuditOptions options, Inventory inventory, AuditBook book, AuditSink sink, AuditObserver observer) {
        return new AuditRounds(options, inventory, book, new UsageAuditor(options, inventory, book, sink), observer);
    }

    /** Over an open ledger, for a command. */
    public static List<AuditRounds> over(Ledger ledger, MessageProcessor processor, AuditsConfig config, String owner) {
        return over(ledger, new PrimaryReads(() -> Optional.of(ledger)), processor, config, owner);
    }

    /** The same, reading where the router sends it. */
    public static List<AuditRounds> over(
            Ledger ledger,
            ReplicaRouter router,
            StoreConfig store,
            MessageProcessor processor,
            AuditsConfig config,
            String owner) {
        return over(ledger, ReplicaReads.of(router, config, store), processor, config, owner);
    }

    private static List<AuditRounds> over(
            Ledger ledger, AuditReads reads, MessageProcessor processor, AuditsConfig config, String owner) {
        LedgerAuditBook book = new LedgerAuditBook(() -> Optional.of(ledger), owner, LEASE);
        AuditSink sink = new LedgerAuditSink(() -> Optional.of(ledger), ledger, processor);
        return of(config, reads, book, sink, AuditObserver.NONE);
    }
}
