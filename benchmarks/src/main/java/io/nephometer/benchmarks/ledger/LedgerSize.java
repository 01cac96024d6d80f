// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.ledger;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.benchmarks.Processing;
import io.nephometer.benchmarks.RecordedNotifications;
import io.nephometer.benchmarks.TemporaryFolder;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.ledger.TableSize;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ledger-size}. Every recorded notification is sent once, as it was recorded, into an empty ledger. */
@Command(
        name = "ledger-size",
        description = "Bytes on disk per event, per sample and per known message, on both engines.")
public final class LedgerSize extends MeasuringCommand {
    private static final double GOAL = 150;
    private static final double POLLED_GOAL = 40;

    @Option(names = "--batch", defaultValue = "500", description = "Messages per commit (${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--all-topics",
            description = "Also what Nova sends as versioned_notifications, which the collector does not subscribe to.")
    private boolean allTopics;

    @Option(names = "--slots", defaultValue = "24", description = "Slots of polled samples (${DEFAULT-VALUE}).")
    private int slots;

    @Option(names = "--hosts", defaultValue = "4", description = "Hosts of 100 instances, polled (${DEFAULT-VALUE}).")
    private int hosts;

    @Override
    protected Figures measure() throws Exception {
        Sizes postgres = postgres(this::fill);
        Sizes sqlite = sqlite(this::fill);
        Sizes polledPostgres = postgres(this::poll);
        Sizes polledSqlite = sqlite(this::poll);
        double perSample = postgres.perSample();
        return new Figures(name())
                .put("batch", (long) size)
                .put("all_topics", allTopics)
                .put("postgresql", postgres.tree())
                .put("sqlite", sqlite.tree())
                .put("polled_postgresql", polledPostgres.polledTree())
                .put("polled_sqlite", polledSqlite.polledTree())
                .ratio(
                        perSample / GOAL,
                        "bound of 150 bytes per sample of a notification, its share of indexes included")
                .goal("bytes per sample with indexes in PostgreSQL", perSample, GOAL, false)
                .goal(
                        "bytes per polled sample with all tables in PostgreSQL",
                        polledPostgres.perPolledSample(),
                        POLLED_GOAL,
                        false)
                .goal(
                        "bytes per polled sample with all tables in SQLite",
                        polledSqlite.perPolledSample(),
                        POLLED_GOAL,
                        false);
    }

    /** Fills the ledger at a store URL. */
    private interface Filling {
        Sizes fill(String url);
    }

    private Sizes postgres(Filling filling) {
        try (PrivatePostgres server = new PrivatePostgres()) {
            server.start();
            return filling.fill(server.createDatabase("size"));
        }
    }

    private Sizes sqlite(Filling filling) throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return filling.fill("sqlite:" + folder.file("size.db"));
        }
    }

    private Sizes fill(String url) {
        say("filling %s", url.substring(0, url.indexOf(':')));
        NotificationProcessor processor = Processing.processor();
        long samples = 0;
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS, InstantSource.system());
                Stream<RawMessage> recorded =
                        allTopics ? RecordedNotifications.everything() : RecordedNotifications.asRecorded()) {
            Iterator<List<RawMessage>> batches = Processing.batches(recorded, size);
            while (batches.hasNext()) {
                samples += commit(ledger, processor, batches.next());
            }
            return new Sizes(samples, ledger.sizes());
        }
    }

    /** All hosts in one commit per slot. */
    private Sizes poll(String url) {
        say("polling into %s", url.substring(0, url.indexOf(':')));
        PolledCycle cycle = new PolledCycle(hosts, 100);
        long samples = 0;
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS, InstantSource.system())) {
            for (int slot = 0; slot < slots; slot++) {
                samples += commit(ledger, cycle.slot(slot));
            }
            return new Sizes(samples, ledger.sizes());
        }
    }

    private static int commit(Ledger ledger, NotificationProcessor processor, List<RawMessage> messages) {
        return commit(ledger, messages.stream().map(processor::process).toList());
    }

    private static int commit(Ledger ledger, List<Processed> entries) {
        LedgerBatch batch = new LedgerBatch("bench", entries);
        if (ledger.commit(batch) instanceof CommitOutcome.Committed(CommitReport report)) {
            return report.samples();
        }
        throw new IllegalStateException("the ledger did not take a batch");
    }

    /** The tables of one ledger; what is on disk of each, with its indexes. */
    private record Sizes(long samples, Map<String, TableSize> tables) {
        Sizes(long samples, List<TableSize> tables) {
            this(samples, tables.stream().collect(Collectors.toMap(TableSize::table, table -> table)));
        }

        private TableSize of(String table) {
            TableSize found = tables.get(table);
            if (found == null) {
                throw new IllegalStateException("no table " + table);
            }
            return found;
        }

        private double perRow(String table) {
            return (double) of(table).bytes() / of(table).rows();
        }

        double perSample() {
            return (double) of("samples").bytes() / samples;
        }

        /** All that grows with the samples: their rows, slots, messages, names and metadata. */
        double perPolledSample() {
            return (double) tables.values().stream()
                            .filter(table -> table.rows() > 0)
                            .mapToLong(TableSize::bytes)
                            .sum()
                    / samples;
        }

        Map<String, Object> polledTree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("samples", samples);
            tree.put("sample_rows", of("slot_samples").rows());
            tree.put("slots", of("slots").rows());
            tree.put("bytes_per_sample_row", tenths(perRow("slot_samples")));
            tree.put(
                    "bytes_per_sample_in_rows",
                    tenths((double) of("slot_samples").bytes() / samples));
            tree.put("bytes_per_sample", tenths(perPolledSample()));
            return tree;
        }

        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("messages", of("intake").rows());
            tree.put("events", of("events").rows());
            tree.put("samples", samples);
            tree.put("sample_rows", of("samples").rows());
            tree.put("metadata_versions", of("metadata_versions").rows());
            tree.put("bytes_per_sample", tenths(perSample()));
            tree.put(
                    "bytes_of_metadata_per_sample",
                    tenths((double) of("metadata_versions").bytes() / samples));
            tree.put("bytes_per_metadata_version", tenths(perRow("metadata_versions")));
            tree.put("bytes_per_event", tenths(perRow("events")));
            tree.put("bytes_per_known_message", tenths(perRow("intake")));
            tree.put(
                    "bytes_of_all_tables",
                    tables.values().stream().mapToLong(TableSize::bytes).sum());
            return tree;
        }

        private static double tenths(double value) {
            return Math.round(value * 10) / 10.0;
        }
    }
}
