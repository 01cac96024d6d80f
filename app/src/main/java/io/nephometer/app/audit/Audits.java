// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.config.AuditReadConfig;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.CountingAuditConfig;
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
import io.nephometer.sources.audits.PollBandwidthUsage;
import io.nephometer.sources.audits.PollVolumeUsage;
import io.nephometer.sources.audits.UsageAuditor;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.replica.ReplicaRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** All audits that are switched on, over a ledger. */
public final class Audits {
    /** An audit whose process is gone goes on after that time. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private Audits() {}

    /** @param cells what the audit of usage stands on instead of the ledger's inventory, given that */
    static List<AuditRounds> of(
            AuditsConfig config,
            Optional<UnaryOperator<Inventory>> cells,
            TaskReads reads,
            LedgerAuditBook book,
            AuditSink sink,
            AuditObserver observer) {
        List<AuditRounds> rounds = new ArrayList<>();
        Function<AuditReadConfig, AuditParts> parts = own -> AuditParts.of(reads.of(own), book, sink, observer);
        // What is counted first is there when usage is told.
        if (config.bandwidth().enabled()) {
            CountingAuditConfig counting = config.bandwidth();
            rounds.add(parts.apply(counting.reads()).rounds(new PollBandwidthUsage(), counting, config));
        }
        if (config.volumes().enabled()) {
            CountingAuditConfig counting = config.volumes();
            rounds.add(parts.apply(counting.reads()).rounds(new PollVolumeUsage(), counting, config));
        }
        if (config.usage().enabled()) {
            AuditReadConfig own = config.usage().reads();
            rounds.add(usage(config, inventory(cells, reads.of(own)), parts.apply(own)));
        }
        if (config.hosts().enabled()) {
            rounds.add(hosts(config, parts.apply(config.hosts().reads())));
        }
        if (config.pendingDeletes().enabled()) {
            rounds.add(
                    pendingDeletes(config, parts.apply(config.pendingDeletes().reads())));
        }
        return rounds;
    }

    private static Inventory inventory(Optional<UnaryOperator<Inventory>> cells, AuditReads reads) {
        Inventory own = new InstanceInventory(new LedgerInventory(reads));
        return cells.map(it -> it.apply(own)).orElse(own);
    }

    private static AuditRounds usage(AuditsConfig config, Inventory inventory, AuditParts parts) {
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

    private static AuditRounds hosts(AuditsConfig config, AuditParts parts) {
        AuditOptions options = config.hostOptions();
        HostAuditor auditor = new HostAuditor(
                config.hostAudit(), parts.inventory(), parts.hosts(), parts.measurements(), parts.book(), parts.sink());
        return new AuditRounds(options, parts.inventory(), parts.book(), auditor, parts.observer());
    }

    private static AuditRounds pendingDeletes(AuditsConfig config, AuditParts parts) {
        PendingDeleteAuditor auditor = new PendingDeleteAuditor(
                config.pendingDeleteOptions(),
                parts.inventory(),
                parts.hosts(),
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
        return over(ledger, cells, TaskReads.primary(() -> Optional.of(ledger)), processor, config, owner);
    }

    /** Over an open ledger, for a command that asks what is audited, and audits nothing. */
    public static List<AuditRounds> asked(
            Ledger ledger, Optional<UnaryOperator<Inventory>> cells, AuditsConfig config) {
        MessageProcessor nothing = _ -> {
            throw new IllegalStateException("an audit that is only asked for tells nothing");
        };
        return over(ledger, cells, nothing, config, "nobody");
    }

    /** The section of the configuration that an audit's settings are in; empty if there is no such task. */
    public static Optional<String> section(String task) {
        return switch (task) {
            case UsageAuditor.TASK -> Optional.of("audits.usage");
            case PollBandwidthUsage.TASK -> Optional.of("audits.bandwidth");
            case PollVolumeUsage.TASK -> Optional.of("audits.volumes");
            case HostAuditor.TASK -> Optional.of("audits.hosts");
            case PendingDeleteAuditor.TASK -> Optional.of("audits.pending_deletes");
            default -> Optional.empty();
        };
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
        TaskReads reads = TaskReads.routed(() -> Optional.of(ledger), router, config, store);
        return over(ledger, cells, reads, processor, config, owner);
    }

    private static List<AuditRounds> over(
            Ledger ledger,
            Optional<UnaryOperator<Inventory>> cells,
            TaskReads reads,
            MessageProcessor processor,
            AuditsConfig config,
            String owner) {
        LedgerAuditBook book = new LedgerAuditBook(() -> Optional.of(ledger), owner, LEASE);
        AuditSink sink = new LedgerAuditSink(() -> Optional.of(ledger), ledger, processor);
        return of(config, cells, reads, book, sink, AuditObserver.NONE);
    }
}
