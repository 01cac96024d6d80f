// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.ExistsSink;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.sources.audits.UsageOptions;
import io.nephometer.sources.audits.UsageRounds;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.replica.ReplicaRouter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The audit of usage over a ledger. */
public final class UsageAudit {
    /** An audit whose process is gone goes on after that time. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final UsageRounds rounds;

    UsageAudit(AuditsConfig config, AuditReads reads, LedgerAuditBook book, ExistsSink sink, AuditObserver observer) {
        UsageOptions options = config.usageOptions();
        Inventory inventory = new LedgerInventory(reads);
        rounds = new UsageRounds(options, inventory, book, new UsageAuditor(options, inventory, book, sink), observer);
    }

    static LedgerAuditBook book(Supplier<Optional<Ledger>> ledger, String owner) {
        return new LedgerAuditBook(ledger, owner, LEASE);
    }

    /** Over an open ledger, for a command. */
    public static UsageRounds over(Ledger ledger, MessageProcessor processor, AuditsConfig config, String owner) {
        return over(ledger, new PrimaryReads(() -> Optional.of(ledger)), processor, config, owner);
    }

    /** The same, reading where the router sends it. */
    public static UsageRounds over(
            Ledger ledger,
            ReplicaRouter router,
            StoreConfig store,
            MessageProcessor processor,
            AuditsConfig config,
            String owner) {
        return over(ledger, ReplicaReads.of(router, config, store), processor, config, owner);
    }

    private static UsageRounds over(
            Ledger ledger, AuditReads reads, MessageProcessor processor, AuditsConfig config, String owner) {
        Supplier<Optional<Ledger>> open = () -> Optional.of(ledger);
        ExistsSink sink = new LedgerExistsSink(open, ledger, processor);
        return new UsageAudit(config, reads, book(open, owner), sink, AuditObserver.NONE).rounds();
    }

    UsageRounds rounds() {
        return rounds;
    }
}
