// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import io.nephometer.app.SideBySide;
import io.nephometer.app.collector.DeferredLedger;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.coordination.Coordinator;
import io.nephometer.coordination.memory.InProcessCoordinator;
import io.nephometer.coordination.sql.SqlCoordinator;
import io.nephometer.coordination.sql.SqlEngine;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.sources.audits.AuditSink;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.LedgerConnections;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.ReplicaRouter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Puts together what audits, in the role audit or in the role all. */
public final class AuditAssembly {
    private static final int CONNECTIONS = 2;
    /** Intervals of the shared cache that the inventory may stand still. */
    private static final int STILL = 3;

    private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(5);

    private final AuditsConfig config;
    private final Surroundings surroundings;

    public AuditAssembly(AuditsConfig config, Surroundings surroundings) {
        this.config = config;
        this.surroundings = surroundings;
    }

    /** The role audit without its section has nothing to do. */
    public static ConfigException switchedOff() {
        return new ConfigException(List.of(new Problem(
                new Origin("configuration", 0), "audits", "", "the role audit audits what this section says: add it")));
    }

    /**
     * What keeps the inventory, given what reads Nova.
     *
     * @param interval time between two readings of what changed
     */
    public static InventoryFeed feed(
            AuditsConfig config, DeferredLedger ledger, Duration interval, Surroundings surroundings) {
        Duration patience = interval.multipliedBy(STILL);
        return new InventoryFeed(
                ledger::ledger,
                config.inventoryLookBack(),
                patience.compareTo(SHORTEST_PATIENCE) < 0 ? SHORTEST_PATIENCE : patience,
                surroundings.clock(),
                surroundings.ticker(),
                surroundings.registry());
    }

    /** What reads Nova for the inventory while nobody who has a ledger refreshes the shared cache. */
    public static InventoryStandIn standIn(
            AuditsConfig config, DeferredLedger ledger, Duration interval, Duration lease, Surroundings surroundings) {
        return new InventoryStandIn(
                feed(config, ledger, interval, surroundings),
                interval.multipliedBy(STILL),
                lease,
                surroundings.ticker());
    }

    /**
     * What leads to the ledger.
     *
     * @param router empty: there are no replicas
     * @param cells what the audit of usage stands on instead of the ledger's inventory, given that
     */
    public record LedgerSide(
            StoreConfig store,
            StoreUrl url,
            LedgerOptions options,
            DeferredLedger ledger,
            MessageProcessor processor,
            Optional<ReplicaRouter<LedgerView>> router,
            Optional<UnaryOperator<Inventory>> cells) {}

    /**
     * Adds its parts to a process.
     *
     * @param leaving ends together with other parts, before all of the process
     */
    public void addTo(Lifecycle lifecycle, SideBySide leaving, LedgerSide side) {
        Supplier<Optional<Ledger>> open = side.ledger()::ledger;
        AuditMetrics metrics = new AuditMetrics(surroundings.registry(), open);
        String member = config.name() == null ? surroundings.host() : config.name();
        AuditSink sink = new LedgerAuditSink(open, side.ledger(), side.processor());
        List<AuditRounds> rounds = Audits.of(
                config, side.cells(), reads(side), new LedgerAuditBook(open, member, Audits.LEASE), sink, metrics);
        if (rounds.isEmpty()) {
            return;
        }
        AuditAgent agent = new AuditAgent(
                member,
                coordinator(lifecycle, side.url(), side.options()),
                rounds,
                open,
                config.usage().spacing(),
                surroundings);
        surroundings.health().register("audits", agent::health);
        leaving.add("audits", agent::start, agent::close);
    }

    private TaskReads reads(LedgerSide side) {
        Supplier<Optional<Ledger>> open = side.ledger()::ledger;
        return side.router()
                .map(router -> TaskReads.routed(open, router, config, side.store()))
                .orElseGet(() -> TaskReads.primary(open));
    }

    private Coordinator coordinator(Lifecycle lifecycle, StoreUrl url, LedgerOptions options) {
        Optional<LedgerConnections> database = Ledgers.connections(url, options, CONNECTIONS);
        if (database.isEmpty()) {
            return new InProcessCoordinator(config.lease(), surroundings.ticker());
        }
        lifecycle.add("coordination of audits", database.get());
        SqlEngine engine = url instanceof StoreUrl.MariaDb ? SqlEngine.MARIADB : SqlEngine.POSTGRESQL;
        return new SqlCoordinator(database.get().source(), engine, config.lease());
    }
}
