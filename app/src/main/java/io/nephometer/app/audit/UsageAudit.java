// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditsConfig;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.ExistsSink;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.sources.audits.UsageOptions;
import io.nephometer.sources.audits.UsageRounds;
import io.nephometer.store.ledger.InventoryReader;
import io.nephometer.store.ledger.Ledger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The audit of usage over a ledger. */
public final class UsageAudit {
    /** An audit whose process is gone goes on after that time. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final UsageRounds rounds;

    UsageAudit(
            AuditsConfig config,
            String owner,
            Supplier<Optional<Ledger>> ledger,
            ExistsSink sink,
            AuditObserver observer) {
        UsageOptions options = config.usageOptions();
        Supplier<Optional<InventoryReader>> reader = () -> ledger.get().map(Ledger::inventory);
        Inventory inventory = new LedgerInventory(reader, "primary");
        LedgerAuditBook book = new LedgerAuditBook(ledger, owner, LEASE);
        rounds = new UsageRounds(options, inventory, book, new UsageAuditor(options, inventory, book, sink), observer);
    }

    /** Over an open ledger, for a command. */
    public static UsageRounds over(Ledger ledger, MessageProcessor processor, AuditsConfig config, String owner) {
        Supplier<Optional<Ledger>> open = () -> Optional.of(ledger);
        return new UsageAudit(config, owner, open, new LedgerExistsSink(open, ledger, processor), AuditObserver.NONE)
                .rounds();
    }

    UsageRounds rounds() {
        return rounds;
    }
}
