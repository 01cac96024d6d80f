// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.audit.AssetTurns;
import io.nephometer.app.audit.AuditAssembly;
import io.nephometer.app.audit.InventoryFeed;
import io.nephometer.app.audit.InventoryStandIn;
import io.nephometer.app.cells.CellLists;
import io.nephometer.app.cells.CellsAssembly;
import io.nephometer.app.central.CentralAssembly;
import io.nephometer.app.central.CentralAssembly.Reader;
import io.nephometer.app.central.CentralPollingAssembly;
import io.nephometer.app.collector.Collector;
import io.nephometer.app.collector.CollectorCache;
import io.nephometer.app.collector.DeferredLedger;
import io.nephometer.app.collector.LateCompletion;
import io.nephometer.app.collector.Retention;
import io.nephometer.app.collector.RunningDefinitions;
import io.nephometer.app.collector.SlotWatch;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.compute.ComputeAssembly;
import io.nephometer.app.compute.PolledMessages;
import io.nephometer.app.config.AuditInventory;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.CentralConfig;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.DefinitionsConfig;
import io.nephometer.app.config.InventorySource;
import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.app.config.RetentionConfig;
import io.nephometer.app.config.Role;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.app.config.TelemetryConfig;
import io.nephometer.inventory.discovery.LateMetadata;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.memory.InProcessSharedCache;
import io.nephometer.inventory.shared.refresh.ReadingWitness;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.model.Incarnation;
import io.nephometer.model.UserMetadataRule;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.pipeline.meters.Dropped;
import io.nephometer.runtime.HealthRegistry;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.runtime.metrics.Metrics;
import io.nephometer.runtime.metrics.TelemetryServer;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.sources.polling.MeasurementSink;
import io.nephometer.sources.polling.bus.EnvelopeOptions;
import io.nephometer.sources.polling.bus.PollingEnvelope;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerException.Kind;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.Routed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process, put together from its configuration: which parts there are, and that sinks start before the pipeline and the
 * pipeline before the sources, and stop in the other order.
 */
public final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
    /** Removal of old rows may take a while and must not hold up the others. */
    private static final int CHORES_AT_ONCE = 2;

    /** The process that reads Nova for the inventory alone is followed by another after that time. */
    private static final Duration READER_LEASE = Duration.ofMinutes(1);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(45);
    private static final Duration LOOK_AT_FILES = Duration.ofSeconds(5);
    private static final Duration LOOK_AT_SLOTS = Duration.ofSeconds(30);
    private static final Duration RETIRE_MEMBERS = Duration.ofMinutes(10);
    private static final Duration WRITE_GAPS = Duration.ofSeconds(2);
    private static final Duration COMPLETE_SAMPLES = Duration.ofSeconds(15);

    private final Configuration config;
    private final Metrics metrics = new Metrics();
    private final HealthRegistry health = new HealthRegistry();
    private final InstantSource clock;
    private final Ticker ticker;
    private final CommitProbe probe;
    private final UnaryOperator<BatchObserver> observing;

    /** A process on the real clock. */
    public Assembly(Configuration config) {
        this(config, WallClock.system(), Ticker.system(), CommitProbe.NONE, UnaryOperator.identity());
    }

    /**
     * @param probe called around each step of a commit
     * @param observing put around each worker's figures; with the probe, how a test stops the process at a chosen moment
     */
    public Assembly(
            Configuration config,
            InstantSource clock,
            Ticker ticker,
            CommitProbe probe,
            UnaryOperator<BatchObserver> observing) {
        this.config = config;
        this.clock = clock;
        this.ticker = ticker;
        this.probe = probe;
        this.observing = observing;
    }

    /**
     * All parts of the process, not started yet.
     *
     * @param roles what this process does
     * @param host name of this machine
     * @throws DefinitionsException if the definitions are faulty
     * @throws PollingDefinitionException if polling.yaml is faulty
     * @throws ConfigException if what a role needs is not configured
     */
    public Lifecycle assemble(Set<Role> roles, String host)
            throws DefinitionsException, PollingDefinitionException, ConfigException {
        Lifecycle lifecycle = new Lifecycle(STOP_WITHIN, ticker);
        Surroundings surroundings = new Surroundings(host, metrics.registry(), health, clock, ticker);
        TelemetryConfig telemetry = config.telemetry();
        TelemetryServer server = SelfTelemetry.server(telemetry, metrics, health);
        lifecycle.add("metrics", metrics);
        SelfTelemetry.addTo(lifecycle, telemetry, server);
        Optional<SharedCache> shared = SharedCacheSettings.open(
                config.inventory(), config.sharedCache(), roles.contains(Role.ALL), polls(roles), clock);
        shared.ifPresent(cache -> lifecycle.add("shared cache", cache));
        boolean collects = roles.contains(Role.ALL) || roles.contains(Role.COLLECTOR);
        CentralConfig central = polls(roles) ? config.central() : null;
        AuditsConfig audits = audits(roles);
        boolean reads = collects || audits != null;
        LedgerSide ledger = reads || central != null ? addLedger(lifecycle, central, reads) : null;
        boolean auditing = audits(roles, Role.AUDIT) && audits != null;
        Optional<ReplicaRouter<LedgerView>> router =
                ledger != null && (collects || auditing) ? router(lifecycle, ledger.ledger()) : Optional.empty();
        if (ledger != null && collects) {
            addCollector(lifecycle, surroundings, ledger, shared.orElse(null), router);
        }
        SideBySide leaving = new SideBySide();
        if (ledger != null && central != null) {
            new CentralPollingAssembly(config.openstack(), central, surroundings)
                    .addTo(
                            lifecycle,
                            leaving,
                            ledger.forPolling(StoreSettings.url(config.store()), ledgerOptions(central)));
        }
        ComputeConfig compute = config.compute();
        if (roles.contains(Role.COMPUTE) || (roles.contains(Role.ALL) && compute != null)) {
            new ComputeAssembly(config.openstack(), compute, shared.orElse(null), surroundings)
                    .addTo(lifecycle, server, ledger == null ? null : ledger::sink);
        }
        Optional<CellsAssembly> cells = cells(lifecycle, roles, surroundings);
        addRefresher(
                lifecycle,
                roles,
                shared,
                surroundings,
                feed(roles, ledger, surroundings),
                standIn(roles, ledger, surroundings),
                cells);
        if (ledger != null && audits != null && polls(roles)) {
            AssetTurns.addTo(lifecycle, config.openstack(), audits, ledger.ledger(), surroundings);
        }
        if (ledger != null && audits != null && auditing) {
            Optional<UnaryOperator<Inventory>> read =
                    audits.inventory() == AuditInventory.CELLS ? cells.map(it -> it::inventory) : Optional.empty();
            new AuditAssembly(audits, surroundings)
                    .addTo(lifecycle, leaving, ledger.forAudits(config.store(), ledgerOptions(central), router, read));
        }
        lifecycle.add("shared work", leaving::start, leaving::close);
        return lifecycle;
    }

    /** Who reads cell databases in this process; empty if nobody does. */
    private Optional<CellsAssembly> cells(Lifecycle lifecycle, Set<Role> roles, Surroundings surroundings) {
        NovaCellsConfig cells = config.novaCells();
        AuditsConfig audits = config.audits();
        boolean feeds = config.inventory().source() == InventorySource.CELLS;
        boolean audited = audits != null && audits.inventory() == AuditInventory.CELLS && audits(roles, Role.AUDIT);
        if (cells == null || !(feeds || audited)) {
            return Optional.empty();
        }
        CellsAssembly assembly = new CellsAssembly(cells, surroundings);
        assembly.addTo(lifecycle);
        return Optional.of(assembly);
    }

    private static boolean audits(Set<Role> roles, Role role) {
        return roles.contains(Role.ALL) || roles.contains(role);
    }

    /** The section, if a role of this process has to do with it and needs the ledger for it. */
    private @Nullable AuditsConfig audits(Set<Role> roles) throws ConfigException {
        if (roles.contains(Role.AUDIT) && config.audits() == null) {
            throw AuditAssembly.switchedOff();
        }
        return audits(roles, Role.AUDIT) || roles.contains(Role.CENTRAL) ? config.audits() : null;
    }

    private @Nullable InventoryFeed feed(Set<Role> roles, @Nullable LedgerSide ledger, Surroundings surroundings) {
        AuditsConfig audits = config.audits();
        return ledger != null && audits != null && polls(roles)
                ? AuditAssembly.feed(
                        audits, ledger.ledger(), config.inventory().intervalToUpdateResource(), surroundings)
                : null;
    }

    private @Nullable InventoryStandIn standIn(
            Set<Role> roles, @Nullable LedgerSide ledger, Surroundings surroundings) {
        AuditsConfig audits = config.audits();
        Duration interval = config.inventory().intervalToUpdateResource();
        return ledger != null && audits != null && polls(roles)
                ? AuditAssembly.standIn(audits, ledger.ledger(), interval, READER_LEASE, surroundings)
                : null;
    }

    private static boolean polls(Set<Role> roles) {
        return roles.contains(Role.ALL) || roles.contains(Role.CENTRAL);
    }

    private void addRefresher(
            Lifecycle lifecycle,
            Set<Role> roles,
            Optional<SharedCache> shared,
            Surroundings surroundings,
            @Nullable InventoryFeed feed,
            @Nullable InventoryStandIn standIn,
            Optional<CellsAssembly> cells)
            throws ConfigException {
        ComputeConfig compute = config.compute();
        boolean central = roles.contains(Role.CENTRAL);
        if (feed != null) {
            surroundings.health().register("inventory", feed::health);
        }
        boolean agent = roles.contains(Role.COMPUTE) && compute != null && compute.refreshesGlobalCache();
        if (shared.isPresent() && (central || agent || roles.contains(Role.ALL))) {
            RefresherOptions options = CentralAssembly.options(config.inventory());
            refresher(
                            polls(roles) ? options : options.ofMany(),
                            shared.get(),
                            surroundings,
                            feed == null ? ReadingWitness.NONE : feed,
                            Reader.SEATED,
                            cells)
                    .addTo(lifecycle);
            if (standIn != null) {
                surroundings.health().register("inventory reader", standIn.feed()::health);
                refresher(options, new InProcessSharedCache(clock), surroundings, standIn.feed(), standIn::leads, cells)
                        .addTo(lifecycle, "inventory reader");
            }
        } else if (feed != null) {
            refresher(
                            CentralAssembly.options(config.inventory()),
                            new InProcessSharedCache(clock),
                            surroundings,
                            feed,
                            process -> feed.leads(process, READER_LEASE),
                            cells)
                    .addTo(lifecycle);
        } else if (central && config.central() == null) {
            throw CentralAssembly.switchedOff();
        }
    }

    private CentralAssembly refresher(
            RefresherOptions options,
            SharedCache cache,
            Surroundings surroundings,
            ReadingWitness witness,
            Reader reader,
            Optional<CellsAssembly> cells)
            throws ConfigException {
        Optional<CellLists> lists = config.inventory().source() == InventorySource.CELLS
                ? cells.map(CellsAssembly::lists)
                : Optional.empty();
        return new CentralAssembly(config.openstack(), options, cache, surroundings, witness, reader, lists);
    }

    /** What leads into the ledger of this process. */
    private record LedgerSide(RunningDefinitions definitions, NotificationProcessor processor, DeferredLedger ledger) {
        CentralPollingAssembly.LedgerSide forPolling(StoreUrl url, LedgerOptions options) {
            return new CentralPollingAssembly.LedgerSide(url, options, ledger, processor);
        }

        AuditAssembly.LedgerSide forAudits(
                StoreConfig store,
                LedgerOptions options,
                Optional<ReplicaRouter<LedgerView>> router,
                Optional<UnaryOperator<Inventory>> cells) {
            return new AuditAssembly.LedgerSide(
                    store, StoreSettings.url(store), options, ledger, processor, router, cells);
        }

        MeasurementSink sink(Incarnation run) {
            return new PolledMessages(
                    new PollingEnvelope(EnvelopeOptions.defaults().by(run)), processor, ledger);
        }
    }

    /** The same rules for the metadata of users as for notifications. */
    private LateMetadata lateMetadata() {
        DefinitionsConfig rules = config.definitions();
        return new LateMetadata(new UserMetadataRule(
                rules.reservedMetadataNamespace(), rules.reservedMetadataKeys(), rules.reservedMetadataLength()));
    }

    /** A central agent that stops within a transaction holds its successor up for less than half of a lease. */
    private LedgerOptions ledgerOptions(@Nullable CentralConfig central) {
        LedgerOptions usual = StoreSettings.options(config.store(), probe)
                .withMaxMembers(config.collector().maxMembers());
        return central == null ? usual : usual.waitingAtMost(central.lease().dividedBy(2));
    }

    /** @param reads whether the process has more to read there than central polling has */
    private LedgerSide addLedger(Lifecycle lifecycle, @Nullable CentralConfig central, boolean reads)
            throws DefinitionsException {
        LedgerOptions options = ledgerOptions(central);
        LedgerOptions opening = reads ? options : options.withReaders(CentralPollingAssembly.READERS);
        RunningDefinitions definitions = RunningDefinitions.load(
                config.definitions().directory(),
                config.definitions().additions(),
                MessageProcessing.options(config.definitions()));
        DeferredLedger ledger =
                new DeferredLedger(() -> Ledgers.open(StoreSettings.url(config.store()), opening, clock), ticker);
        NotificationProcessor processor = new NotificationProcessor(
                new NotificationDecoder(
                        MessageProcessing.maxBodyBytes(config), MessageProcessing.window(config, clock)),
                definitions,
                this::countDropped,
                MessageProcessing.signatures(config));
        health.register("ledger", ledger::health);
        health.register("definitions", definitions::health);
        lifecycle.add("ledger", ledger::start, ledger::close);
        return new LedgerSide(definitions, processor, ledger);
    }

    private void addCollector(
            Lifecycle lifecycle,
            Surroundings surroundings,
            LedgerSide side,
            @Nullable SharedCache shared,
            Optional<ReplicaRouter<LedgerView>> router) {
        DeferredLedger ledger = side.ledger();
        RunningDefinitions definitions = side.definitions();
        CollectorCache cache =
                new CollectorCache(config.collector(), shared, lateMetadata(), config.audits() != null, surroundings);
        Collector collector = new Collector(
                config.collector(), side.processor(), ledger, surroundings, cache.companions(), observing);
        LateCompletion late = cache.completion(ledger);
        ScheduledExecutorService chores = Executors.newScheduledThreadPool(
                CHORES_AT_ONCE, Thread.ofPlatform().name("chores-", 1).daemon().factory());
        Retention retention =
                new Retention(StoreSettings.retention(config.store().retention()), ledger::ledger, metrics.registry());
        SlotWatch slots = new SlotWatch(
                ledger::ledger, slotReader(ledger, router), config.collector().memberAbsence(), metrics.registry());
        health.register("polling members", slots::health);
        lifecycle.add("collector", collector::start, collector::close);
        lifecycle.add(
                "chores", () -> schedule(chores, definitions, collector, retention, slots, late), chores::shutdownNow);
    }

    /** Whoever reads what may be a little old, reads by this; empty without replicas. */
    private Optional<ReplicaRouter<LedgerView>> router(Lifecycle lifecycle, DeferredLedger ledger) {
        if (config.store().slaveConnection().isEmpty()) {
            return Optional.empty();
        }
        ReplicaMetrics observer = new ReplicaMetrics(metrics.registry());
        ReplicaRouter<LedgerView> router =
                StoreRouting.parts(config.store(), () -> opened(ledger), clock).router(clock, ticker, observer);
        observer.bind(router);
        health.register("replicas", () -> ReplicaMetrics.health(router));
        lifecycle.add("replicas", router::start, router::close);
        return Optional.of(router);
    }

    /** Figures about slots come from a replica where there is one. */
    private Supplier<Optional<List<SlotRecord>>> slotReader(
            DeferredLedger ledger, Optional<ReplicaRouter<LedgerView>> router) {
        if (router.isEmpty()) {
            return () -> ledger.ledger().map(open -> open.slots().newest());
        }
        ReplicaRouter<LedgerView> replicas = router.get();
        ReadIntent recent = new ReadIntent.Bounded(config.store().maxStaleness());
        return () -> replicas.read(recent, config.store().fallback(), view -> view.slots()
                                .newest())
                        instanceof Routed.Answer<List<SlotRecord>> answer
                ? Optional.of(answer.value())
                : Optional.empty();
    }

    private static Ledger opened(DeferredLedger ledger) {
        return ledger.ledger()
                .orElseThrow(() -> new LedgerException(Kind.UNREACHABLE, "the ledger cannot be reached", null));
    }

    private void schedule(
            ScheduledExecutorService chores,
            RunningDefinitions definitions,
            Collector collector,
            Retention retention,
            SlotWatch slots,
            LateCompletion late) {
        RetentionConfig kept = config.store().retention();
        if (retention.isLimited()) {
            every(chores, kept.interval(), () -> retention.run(kept.rowsPerRun()));
        }
        every(chores, LOOK_AT_FILES, definitions::refresh);
        every(chores, WRITE_GAPS, collector::recordGaps);
        every(chores, LOOK_AT_SLOTS, slots::look);
        every(chores, RETIRE_MEMBERS, slots::retire);
        every(chores, COMPLETE_SAMPLES, late::run);
    }

    private static void every(ScheduledExecutorService chores, Duration interval, Runnable chore) {
        Runnable guarded = () -> {
            try {
                chore.run();
            } catch (LedgerException e) {
                LOG.debug("A chore waits for the ledger: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("A chore failed and will be tried again in {}", DurationText.print(interval), e);
            }
        };
        // Cancelled with the scheduler; failures are caught above.
        ScheduledFuture<?> _ =
                chores.scheduleWithFixedDelay(guarded, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void countDropped(Dropped dropped) {
        String reason = dropped.reason().name().toLowerCase(Locale.ROOT);
        metrics.registry()
                .counter("nephometer.samples.dropped", "reason", reason)
                .increment();
        LOG.debug("Dropped: {}", dropped.text());
    }
}
