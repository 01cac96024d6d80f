// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.ReplicaState;
import io.nephometer.store.replica.ReplicaStatus;
import io.nephometer.store.replica.Routed;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RoutingOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code replica-lag}. */
@Command(
        name = "replica-lag",
        description =
                "How old a replica is said to be in each situation, against the truth and against what is usually asked.")
public final class ReplicaLag extends MeasuringCommand {
    /** The machine may be busy while the servers start. */
    private static final LedgerOptions PATIENT = new LedgerOptions(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            2,
            10,
            10_000,
            CommitProbe.NONE);

    private static final ReadIntent RECENT = new ReadIntent.Bounded(Duration.ofSeconds(2));

    @Option(
            names = "--engine",
            defaultValue = "postgresql",
            description = "Whose replication: postgresql or mariadb (${DEFAULT-VALUE}).")
    private String engine = "";

    @Option(names = "--interval", defaultValue = "500", description = "Milliseconds between probes (${DEFAULT-VALUE}).")
    private long interval;

    @Option(names = "--seconds", defaultValue = "4", description = "How long each situation lasts (${DEFAULT-VALUE}).")
    private int seconds;

    private final List<LagRow> rows = new ArrayList<>();
    private @Nullable LagAudits audits;
    private StoreUrl url = StoreUrl.parse("sqlite:none");
    private boolean answers = true;
    private double startUp;

    @Override
    protected Figures measure() throws Exception {
        Figures figures = new Figures(name());
        try (LagServers servers = servers()) {
            servers.start();
            url = servers.primary();
            Ledgers.open(url, PATIENT, WallClock.system()).close();
            say(
                    "| situation | lacks | stated | state | %s | audit: %s |",
                    String.join(" | ", servers.measures()), String.join(" | audit: ", LagAudits.FALLBACKS));
            try (LagAudits hours = new LagAudits(url);
                    TruthWriter truth = new TruthWriter(servers.writing());
                    ReplicaRouter<LedgerView> router = router(servers.replica())) {
                audits = hours;
                router.start();
                ages(servers, truth, router);
                misfits(servers);
                figures.put("reads_per_s_of_primary", stampede(servers, router));
            }
        }
        return figures(figures);
    }

    private LagServers servers() {
        return switch (engine) {
            case "postgresql" -> new PostgresLagServers(PATIENT);
            case "mariadb" -> new MariaDbLagServers(PATIENT);
            default -> throw new IllegalArgumentException("--engine is postgresql or mariadb, not " + engine);
        };
    }

    private void ages(LagServers servers, TruthWriter truth, ReplicaRouter<LedgerView> router) throws Exception {
        catchUp(router);
        watch("the primary writes", servers, truth, router);
        truth.write(false);
        servers.stir();
        watch("the primary rests, log file switched", servers, truth, router);
        truth.write(true);
        servers.applies(false);
        watch("replay stopped", servers, truth, router);
        servers.applies(true);
        catchUp(router);
        servers.late(true);
        watch("replay one second late", servers, truth, router);
        servers.late(false);
        catchUp(router);
        servers.receives(false);
        watch("receiver cut off", servers, truth, router);
        servers.receives(true);
        catchUp(router);
        hanging(servers, truth, router);
        settle(router, ReplicaState.HEALTHY);
        servers.replicaHangs(true);
        try {
            settle(router, ReplicaState.DOWN);
            note("the replica hangs", router);
        } finally {
            servers.replicaHangs(false);
        }
        settle(router, ReplicaState.HEALTHY);
    }

    private void hanging(LagServers servers, TruthWriter truth, ReplicaRouter<LedgerView> router) throws Exception {
        hourEnds();
        catchUp(router);
        servers.primaryHangs(true);
        answers = false;
        try {
            watch("the primary hangs", servers, truth, router);
            try (ReplicaRouter<LedgerView> late = router(servers.replica())) {
                late.start();
                watch("the primary hung from the start", servers, truth, late);
            }
        } finally {
            servers.primaryHangs(false);
            answers = true;
        }
    }

    /** Looks ten times a second what is true and what is said. */
    private void watch(String situation, LagServers servers, TruthWriter truth, ReplicaRouter<LedgerView> router)
            throws Exception {
        hourEnds();
        int samples = 0;
        int below = 0;
        double excess = 0;
        double lacks = 0;
        List<String> measures;
        try (Connection connection = servers.impatient(servers.replica()).getConnection();
                Statement statement = connection.createStatement()) {
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            while (System.nanoTime() < end) {
                lacks = truth.lacks(statement);
                Duration stated = router.replicas().getFirst().staleness();
                if (stated != null) {
                    samples++;
                    below += stated.toNanos() / 1e9 < lacks ? 1 : 0;
                    excess = Math.max(excess, stated.toNanos() / 1e9 - lacks);
                }
                LockSupport.parkNanos(100_000_000);
            }
            measures = servers.ask(statement, answers);
            lacks = truth.lacks(statement);
        }
        ReplicaStatus status = router.replicas().getFirst();
        rows.add(new LagRow(situation, status, lacks, excess, samples, below, measures, audited(router)));
        say("%s", rows.getLast().line());
    }

    private void note(String situation, ReplicaRouter<LedgerView> router) throws Exception {
        hourEnds();
        ReplicaStatus status = router.replicas().getFirst();
        rows.add(new LagRow(situation, status, null, 0, 0, 0, List.of(), audited(router)));
        say("%s", rows.getLast().line());
    }

    /** While the primary hangs nobody can tell it that another hour is complete; the last one is not audited yet. */
    private void hourEnds() {
        if (answers) {
            Objects.requireNonNull(audits).hourEnds();
        }
    }

    private List<String> audited(ReplicaRouter<LedgerView> router) throws Exception {
        return Objects.requireNonNull(audits).did(router);
    }

    private void misfits(LagServers servers) throws Exception {
        misfit("the address of the primary", url);
        misfit("wrong password", servers.withPassword(servers.replica(), "wrong"));
        misfit("nobody at the address", servers.nobody());
        misfit("a replica of another cluster", servers.foreign());
        misfit("a server that was promoted", servers.promoted());
    }

    private void misfit(String situation, StoreUrl slave) throws Exception {
        try (ReplicaRouter<LedgerView> router = router(slave)) {
            long begin = System.nanoTime();
            router.start();
            Routed<StoreUrl> first = router.read(RECENT, Fallback.PRIMARY, LedgerView::url);
            say(
                    "first answer after %.0f ms from %s",
                    (System.nanoTime() - begin) / 1e6, first.route().target());
            startUp = Math.max(startUp, (System.nanoTime() - begin) / 1e9);
            LockSupport.parkNanos(2 * interval * 1_000_000);
            note(situation, router);
        }
    }

    /** The replica dies while eight readers read as fast as they can; how many reads a second the primary then takes. */
    private double stampede(LagServers servers, ReplicaRouter<LedgerView> router) throws Exception {
        AtomicInteger taken = new AtomicInteger();
        servers.killReplica();
        settle(router, ReplicaState.DOWN);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            readers.add(Thread.ofVirtual().start(() -> {
                while (System.nanoTime() < end) {
                    Routed<StoreUrl> routed = router.read(RECENT, Fallback.PRIMARY, LedgerView::url);
                    taken.addAndGet(routed instanceof Routed.Answer ? 1 : 0);
                    LockSupport.parkNanos(100_000);
                }
            }));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        note("the replica died", router);
        return (double) taken.get() / seconds;
    }

    private void catchUp(ReplicaRouter<LedgerView> router) {
        settle(router, ReplicaState.HEALTHY);
        Duration stated = null;
        while (stated == null || stated.toMillis() > 2 * interval) {
            LockSupport.parkNanos(10_000_000);
            stated = router.replicas().getFirst().staleness();
        }
    }

    private static void settle(ReplicaRouter<LedgerView> router, ReplicaState state) {
        while (router.replicas().getFirst().state() != state) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private ReplicaRouter<LedgerView> router(StoreUrl slave) {
        RoutingOptions options =
                new RoutingOptions(Duration.ofSeconds(2), Duration.ofMillis(interval), Duration.ofSeconds(2), 20);
        return Ledgers.routed(
                        url,
                        () -> Ledgers.openReadOnly(url, PATIENT, WallClock.system()),
                        List.of(slave),
                        PATIENT,
                        options,
                        WallClock.system())
                .router(WallClock.system(), Ticker.system(), RouterObserver.NONE);
    }

    private Figures figures(Figures figures) {
        int below = rows.stream().mapToInt(LagRow::below).sum();
        int samples = rows.stream().mapToInt(LagRow::samples).sum();
        double excess = rows.stream()
                .filter(row ->
                        !row.situation().contains("hang") && !row.situation().contains("hung"))
                .mapToDouble(LagRow::excess)
                .max()
                .orElse(0);
        figures.put("engine", engine);
        figures.put("interval_ms", interval);
        figures.put("samples", samples);
        figures.put("situations", rows.stream().map(LagRow::tree).toList());
        figures.put("excess_max_s", excess);
        figures.put("start_up_max_s", startUp);
        figures.goal("statements below the truth", below, 0, false);
        figures.goal("furthest above the truth while the primary answers, seconds", excess, 2 * interval / 1e3, false);
        figures.goal("first answer with a replica that is no help, seconds", startUp, 2, false);
        return figures.ratio(excess * 1_000 / interval, "probe intervals");
    }
}
