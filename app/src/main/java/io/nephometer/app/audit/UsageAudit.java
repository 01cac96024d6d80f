// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditsConfig;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.ExistsSink;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.sources.audits.UsageOptions;
import io.nephometer.sources.audits.UsageRounds;

/** The audit of usage over a ledger. */
final class UsageAudit {
    private final UsageRounds rounds;

    UsageAudit(AuditsConfig config, AuditReads reads, LedgerAuditBook book, ExistsSink sink, AuditObserver observer) {
        UsageOptions options = config.usageOptions();
        Inventory inventory = new LedgerInventory(reads);
        rounds = new UsageRounds(options, inventory, book, new UsageAuditor(options, inventory, book, sink), observer);
    }

    UsageRounds rounds() {
        return rounds;
    }
}
