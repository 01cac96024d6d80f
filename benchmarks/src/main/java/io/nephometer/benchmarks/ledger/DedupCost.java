// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.ledger;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.benchmarks.Processing;
import io.nephometer.benchmarks.RecordedNotifications;
import io.nephometer.benchmarks.Spread;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.CommitReport;
import io.nephometer.model.Fate;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.store.commit.Committer;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.postgres.PostgresEngine;
import io.nephometer.store.postgres.PostgresServer;
import io.nephometer.testkit.servers.PrivatePostgres;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code dedup-cost}. Batches are committed with and without the intake check in turn, into the same database, by the same
 * code. Timed are the commit alone, and the commit with the processing of its messages.
 */
@Command(
        name = "dedup-cost",
        description =
                "What it costs to know every message again, with millions of known ones: commits with against without.")
public final class DedupCost extends MeasuringCommand {
    private static final double GOAL = 0.15;
    private static final int SLICE = 250_000;
    private static final String DATABASE = "dedup";

    @Option(
            names = "--known",
            defaultValue = "5000000",
            description = "Messages that are known before (${DEFAULT-VALUE}).")
    private int known;

    @Option(
            names = "--batches",
            defaultValue = "40",
            description = "Batches with and as many without, per repetition (${DEFAULT-VALUE}).")
    private int batches;

    @Option(names = "--batch", defaultValue = "500", description = "Messages per batch (${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--repeat",
            defaultValue = "5",
            description = "Repetitions (${DEFAULT-VALUE}), after one that warms up and is not counted.")
    private int repeat;

    @Option(
            names = "--postgres-setting",
            description = "For the server, such as shared_buffers=1GB; may be given several times.")
    private List<String> settings = new ArrayList<>();

    private final List<Double> with = new ArrayList<>();
    private final List<Double> without = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> wholeWith = new ArrayList<>();
    private final List<Double> wholeCosts = new ArrayList<>();

    @Override
    protected Figures measure() throws Exception {
        try (PrivatePostgres server = new PrivatePostgres(settings)) {
            server.start();
            StoreUrl.Postgres url = (StoreUrl.Postgres) StoreUrl.parse(server.createDatabase(DATABASE));
            try (PostgresEngine engine = new PostgresServer(url, LedgerOptions.DEFAULTS).open()) {
                say("making %,d known messages", known);
                fill(server);
                InstantSource clock = InstantSource.system();
                Committer on = new Committer(engine, clock, CommitProbe.NONE, LedgerOptions.DEFAULTS.maxMembers());
                Committer off = new Committer(
                        new UndeduplicatedEngine(engine), clock, CommitProbe.NONE, LedgerOptions.DEFAULTS.maxMembers());
                repeat(on, off);
            }
        }
        return figures();
    }

    private void fill(PrivatePostgres server) {
        for (int made = 0; made < known; made += SLICE) {
            server.sql(DATABASE, """
                    INSERT INTO intake (message_key, body_hash, accepted_at)
                    SELECT gen_random_uuid(), gen_random_uuid(), n FROM generate_series(1, %d) AS series (n)
                    """.formatted(Math.min(SLICE, known - made)));
        }
        server.sql(DATABASE, "VACUUM ANALYZE intake");
        server.sql(DATABASE, "CHECKPOINT");
    }

    private void repeat(Committer on, Committer off) {
        try (Stream<RawMessage> fresh = RecordedNotifications.fresh().limit(2L * (repeat + 1) * batches * size)) {
            Iterator<List<RawMessage>> next = Processing.batches(fresh, size);
            for (int repetition = 0; repetition <= repeat; repetition++) {
                Took tookOn = new Took();
                Took tookOff = new Took();
                for (int i = 0; i < batches; i++) {
                    tookOn.add(next.next(), on);
                    tookOff.add(next.next(), off);
                }
                note(repetition, tookOn, tookOff);
            }
        }
    }

    private void note(int repetition, Took tookOn, Took tookOff) {
        double messages = (double) batches * size;
        double rateOn = messages * 1e9 / tookOn.committing;
        double rateOff = messages * 1e9 / tookOff.committing;
        String counted = repetition == 0 ? " (warming up)" : "";
        say("commits with %,.0f messages/s, without %,.0f messages/s%s", rateOn, rateOff, counted);
        if (repetition > 0) {
            with.add(rateOn);
            without.add(rateOff);
            ratios.add(rateOn / rateOff);
            wholeWith.add(messages * 1e9 / tookOn.whole());
            wholeCosts.add((double) tookOn.whole() / tookOff.whole() - 1);
        }
    }

    /** Nanoseconds. */
    private static final class Took {
        private final NotificationProcessor processor = Processing.processor();
        private long processing;
        private long committing;

        long whole() {
            return processing + committing;
        }

        /** Processes and commits; every message must have been new. */
        void add(List<RawMessage> messages, Committer committer) {
            long begin = System.nanoTime();
            List<Processed> entries = messages.stream().map(processor::process).toList();
            long processed = System.nanoTime();
            CommitOutcome outcome = committer.commit(new LedgerBatch("bench", entries));
            committing += System.nanoTime() - processed;
            processing += processed - begin;
            if (!(outcome instanceof CommitOutcome.Committed(CommitReport report))
                    || report.fates().stream().anyMatch(fate -> fate != Fate.EVENT)) {
                throw new IllegalStateException("not all messages became events: " + outcome);
            }
        }
    }

    private Figures figures() {
        double ratio = Spread.of(ratios).median();
        return new Figures(name())
                .put("known", (long) known)
                .put("batch", (long) size)
                .put("batches", (long) batches)
                .put("repeat", (long) repeat)
                .put("with_per_s", Spread.of(with))
                .put("without_per_s", Spread.of(without))
                .put("cost", Spread.of(ratios.stream().map(it -> 1 / it - 1).toList()))
                .put("processed_and_committed_per_s", Spread.of(wholeWith))
                .put("cost_of_whole", Spread.of(wholeCosts))
                .ratio(ratio, "rate of commits that take every message for new")
                .goal("time that the check adds to a commit", 1 / ratio - 1, GOAL, false)
                .goal(
                        "time that the check adds to processing and committing",
                        Spread.of(wholeCosts).median(),
                        GOAL,
                        false);
    }
}
