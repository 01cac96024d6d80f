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

    @Option(names = "--batch", defaultValue = "500", description = "Messages per commit (${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--all-topics",
            description = "Also what Nova sends as versioned_notifications, which the collector does not subscribe to.")
    private boolean allTopics;

    @Override
    protected Figures measure() throws Exception {
        Sizes postgres = postgres();
        Sizes sqlite = sqlite();
        double perSample = postgres.perSample();
        return new Figures(name())
                .put("batch", (long) size)
                .put("all_topics", allTopics)
                .put("postgresql", postgres.tree())
                .put("sqlite", sqlite.tree())
                .ratio(
                        perSample / GOAL,
                        "bound of 150 bytes per sample of a notification, its share of indexes included")
                .goal("bytes per sample with indexes in PostgreSQL", perSample, GOAL, false);
    }

    private Sizes postgres() {
        try (PrivatePostgres server = new PrivatePostgres()) {
            server.start();
            return fill(server.createDatabase("size"));
        }
    }

    private Sizes sqlite() throws Exception {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return fill("sqlite:" + folder.file("size.db"));
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

    private static int commit(Ledger ledger, NotificationProcessor processor, List<RawMessage> messages) {
        LedgerBatch batch = new LedgerBatch(
                "bench", messages.stream().map(processor::process).toList());
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
