// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.app.StoreRouting;
import io.nephometer.app.audit.Audits;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.benchmarks.TemporaryFolder;
import io.nephometer.model.HostShare;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inventory-audits}. */
@Command(
        name = "inventory-audits",
        description =
                "Statements and rows that each audit reads of a ledger in PostgreSQL, on the primary and on a standby, with and without"
                        + " one.")
public final class InventoryAudits extends MeasuringCommand {
    private static final Definitions SHIPPED = Definitions.shipped(DefinitionOptions.DEFAULTS);
    private static final String STATEMENTS = "pg_stat_statements";

    /**
     * Rows of the inventory and of measurements; what commits look up to tell what is new is of writing, and stays with the primary. Statements
     * without those that ask how servers stand: they go by time, not by audits.
     */
    private static final String LOAD =
            "SELECT coalesce((SELECT sum(calls) FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE"
                    + " datname = current_database()) AND query ~* '^\\s*(select|with)' AND query !~ 'pg_is_in_recovery|pg_stat'), 0),"
                    + " (SELECT sum(seq_tup_read) + sum(coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables"
                    + " WHERE relname ~ '^(inventory_|slot|sample)')";

    @Option(names = "--instances", defaultValue = "50000", description = "Instances that live (${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--measured",
            defaultValue = "1000",
            description = "Of these agents measured traffic and volumes each five minutes (${DEFAULT-VALUE}).")
    private int measured;

    private final Map<String, ReadLoad> alone = new LinkedHashMap<>();
    private final Map<String, ReadLoad> beside = new LinkedHashMap<>();

    @Override
    protected Figures measure() throws Exception {
        Figures figures = new Figures(name()).put("instances", instances).put("measured", measured);
        try (PrivatePostgres primary = new PrivatePostgres(List.of("shared_preload_libraries=" + STATEMENTS));
                PrivatePostgres standby = primary.standby()) {
            primary.start();
            standby.start();
            audit(primary, standby, "alone", false);
            audit(primary, standby, "beside", true);
        }
        say("%s", ReadLoad.TABLE_HEAD);
        alone.forEach((task, load) -> {
            say("%s", load.line(task, false));
            say("%s", load(task).line(task, true));
        });
        return figures(figures);
    }

    private ReadLoad load(String task) {
        return Optional.ofNullable(beside.get(task)).orElseThrow();
    }

    private Figures figures(Figures figures) {
        Map<String, Object> audits = new LinkedHashMap<>();
        long without = 0;
        long with = 0;
        for (Map.Entry<String, ReadLoad> one : alone.entrySet()) {
            audits.put(
                    one.getKey(),
                    Map.of(
                            "without_replica", one.getValue().tree(),
                            "with_replica", load(one.getKey()).tree(),
                            "rows_that_leave",
                                    ReadLoad.left(
                                            load(one.getKey()).primary().rows(),
                                            one.getValue().primary().rows())));
            without += one.getValue().primary().rows();
            with += load(one.getKey()).primary().rows();
        }
        double left = ReadLoad.left(with, without);
        figures.put("audits", audits).ratio(left, "rows read of the primary by all audits without a replica");
        figures.goal("share of the rows that leave the primary", left, 0.9, true);
        if (alone.size() != 5) {
            figures.failed();
        }
        return figures;
    }

    /** Fills a ledger and does each audit of it once. */
    private void audit(PrivatePostgres primary, PrivatePostgres standby, String name, boolean routed) throws Exception {
        String url = primary.createDatabase(name);
        primary.sql(name, "CREATE EXTENSION " + STATEMENTS);
        say("%s: filling %d instances", name, instances);
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS, WallClock.system())) {
            AuditedInventory inventory = new AuditedInventory(instances, measured);
            inventory.fill(ledger);
            primary.sql(name, "VACUUM ANALYZE");
            inventory.complete(ledger);
        }
        Configuration configuration = configuration(url, standby.url(name));
        for (int i = 0; i < 5; i++) {
            ReadLoad.Server before = load(primary, name);
            ReadLoad.Server there = load(standby, name);
            long start = System.nanoTime();
            String task = audit(configuration, i, routed);
            double seconds = (System.nanoTime() - start) / 1e9;
            (routed ? beside : alone)
                    .put(
                            task,
                            new ReadLoad(
                                    load(primary, name).less(before),
                                    load(standby, name).less(there),
                                    seconds));
            say("%s: %s, %.1f s", name, task, seconds);
        }
    }

    private static Configuration configuration(String url, String slave) throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path file = Files.writeString(folder.file("n.yaml"), """
                    store: {url: '%s', slave_connection: ['%s'], slave_timeout: 5m}
                    audits:
                      fallback: skip
                      max_staleness: 1h
                      usage: {period: hour, catch_up: 3h}
                      bandwidth: {enabled: true, period: hour, catch_up: 3h}
                      volumes: {enabled: true, period: hour, catch_up: 3h}
                      hosts: {enabled: true, interval: 20m, catch_up: 40m}
                      pending_deletes: {enabled: true, interval: 20m, reclaim: 1h}
                    """.formatted(url, slave));
            return ConfigurationFile.read(file).value();
        }
    }

    /** Does the audit of this number; its servers are told of what was read when the connections end. */
    private static String audit(Configuration configuration, int number, boolean routed) throws AuditException {
        NotificationProcessor processor = new NotificationProcessor(
                new NotificationDecoder(1 << 20, TimeWindow.unlimited(WallClock.system())), () -> SHIPPED, _ -> {});
        StoreUrl url = StoreRouting.primary(configuration.store());
        try (Ledger ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system())) {
            if (!routed) {
                return run(Audits.over(ledger, processor, Objects.requireNonNull(configuration.audits()), "bench")
                        .get(number));
            }
            try (ReplicaRouter<LedgerView> router = StoreRouting.parts(
                            configuration.store(), () -> ledger, WallClock.system())
                    .router(WallClock.system(), Ticker.system(), RouterObserver.NONE)) {
                router.start();
                while (router.replicas().getFirst().state() != ReplicaState.HEALTHY) {
                    LockSupport.parkNanos(50_000_000);
                }
                return run(Audits.over(
                                ledger,
                                Optional.empty(),
                                router,
                                configuration.store(),
                                processor,
                                Objects.requireNonNull(configuration.audits()),
                                "bench")
                        .get(number));
            }
        }
    }

    private static String run(AuditRounds rounds) throws AuditException {
        int done = 0;
        AuditRounds.Report report;
        do {
            report = rounds.run(IntStream.range(0, HostShare.COUNT).boxed().toList());
            done += report.done();
        } while (report.more());
        if (done == 0) {
            throw new IllegalStateException(rounds.task() + " did nothing: " + report.why());
        }
        return rounds.task();
    }

    private static ReadLoad.Server load(PrivatePostgres server, String database) {
        String[] values = server.sql(database, LOAD).split("\t", -1);
        return new ReadLoad.Server(Long.parseLong(values[0]), Long.parseLong(values[1].strip()));
    }
}
