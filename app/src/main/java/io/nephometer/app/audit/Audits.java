// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.sources.audits.AuditObserver;
import io.nephometer.sources.audits.AuditOptions;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.AuditSink;
import io.nephometer.sources.audits.Bandwidth;
import io.nephometer.sources.audits.CountedBandwidth;
import io.nephometer.sources.audits.HostAuditor;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.audits.PendingDeleteAuditor;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.ReplicaRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** All audits that are switched on, over a ledger. */
public final class Audits {
    /** An audit whose process is gone goes on after that time. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private Audits() {}

    static List<AuditRounds> of(
            AuditsConfig config,
            Inventory inventory,
            AuditReads reads,
            LedgerAuditBook book,
            AuditSink sink,
            AuditObserver observer) {
        List<AuditRounds> rounds = new ArrayList<>();
        CountingAudits counting = CountingAudits.of(reads, book, sink, observer);
        // What is counted first is there when usage is told.
        rounds.addAll(counting.rounds(config));
        if (config.usage().enabled()) {
            rounds.add(usage(config, inventory, counting));
        }
        if (config.hosts().enabled()) {
            rounds.add(hosts(config, reads, counting));
        }
        if (config.pendingDeletes().enabled()) {
            rounds.add(pendingDeletes(config, reads, counting));
        }
        return rounds;
    }

    static Inventory inventory(Optional<UnaryOperator<Inventory>> cells, AuditReads reads) {
        Inventory own = new InstanceInventory(new LedgerInventory(reads));
        return cells.map(it -> it.apply(own)).orElse(own);
    }

    private static AuditRounds usage(AuditsConfig config, Inventory inventory, CountingAudits parts) {
        AuditOptions options = config.usageOptions();
        Bandwidth bandwidth = config.bandwidthPatience()
                .<Bandwidth>map(patience -> new CountedBandwidth(parts.counts(), parts.book(), patience))
                .orElse(Bandwidth.NONE);
        return new AuditRounds(
                options,
                inventory,
                parts.book(),
                new UsageAuditor(options, inventory, parts.book(), parts.sink(), bandwidth),
                parts.observer());
    }

    private static AuditRounds hosts(AuditsConfig config, AuditReads reads, CountingAudits parts) {
        AuditOptions options = config.hostOptions();
        HostAuditor auditor = new HostAuditor(
                config.hostAudit(),
                parts.inventory(),
                new LedgerHosts(reads),
                parts.measurements(),
                parts.book(),
                parts.sink());
        return new AuditRounds(options, parts.inventory(), parts.book(), auditor, parts.observer());
    }

    private static AuditRounds pendingDeletes(AuditsConfig config, AuditReads reads, CountingAudits parts) {
        PendingDeleteAuditor auditor = new PendingDeleteAuditor(
                config.pendingDeleteOptions(),
                parts.inventory(),
                new LedgerHosts(reads),
                parts.measurements(),
                new LedgerCleanups(parts.ledger()),
                parts.book(),
                parts.sink());
        return new AuditRounds(
                config.pendingDeleteRounds(), parts.inventory(), parts.book(), auditor, parts.observer());
    }

    /** Over an open ledger, for a command. */
    public static List<AuditRounds> over(Ledger ledger, MessageProcessor processor, AuditsConfig config, String owner) {
        return over(ledger, Optional.empty(), processor, config, owner);
    }

    /**
     * The same.
     *
     * @param cells what the audit of usage stands on instead of the ledger's inventory, given that
     */
    public static List<AuditRounds> over(
            Ledger ledger,
            Optional<UnaryOperator<Inventory>> cells,
            MessageProcessor processor,
            AuditsConfig config,
            String owner) {
        return over(ledger, cells, new PrimaryReads(() -> Optional.of(ledger)), processor, config, owner);
    }

    /** The same, reading where the router sends it. */
    public static List<AuditRounds> over(
            Ledger ledger,
            Optional<UnaryOperator<Inventory>> cells,
            ReplicaRouter<LedgerView> router,
            StoreConfig store,
            MessageProcessor processor,
            AuditsConfig config,
            String owner) {
        return over(ledger, cells, ReplicaReads.of(router, config, store), processor, config, owner);
    }

    private static List<AuditRounds> over(
            Ledger ledger,
            Optional<UnaryOperator<Inventory>> cells,
            AuditReads reads,
            MessageProcessor processor,
            AuditsConfig config,
            String owner) {
        LedgerAuditBook book = new LedgerAuditBook(() -> Optional.of(ledger), owner, LEASE);
        AuditSink sink = new LedgerAuditSink(() -> Optional.of(ledger), ledger, processor);
        return of(config, inventory(cells, reads), reads, book, sink, AuditObserver.NONE);
    }
}
