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
 * code; what is timed is the commit alone, without making the batch.
 */
@Command(
        name = "dedup-cost",
        description =
                "What it costs to know every message again, with millions of known ones: commits with against without.")
public final class DedupCost extends MeasuringCommand {
    private static final double GOAL = 0.15;
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

    private final List<Double> with = new ArrayList<>();
    private final List<Double> without = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    @Override
    protected Figures measure() throws Exception {
        try (PrivatePostgres server = new PrivatePostgres()) {
            server.start();
            StoreUrl.Postgres url = (StoreUrl.Postgres) StoreUrl.parse(server.createDatabase(DATABASE));
            try (PostgresEngine engine = new PostgresServer(url, LedgerOptions.DEFAULTS).open()) {
                say("making %,d known messages", known);
                fill(server);
                InstantSource clock = InstantSource.system();
                Committer on = new Committer(engine, clock, CommitProbe.NONE);
                Committer off = new Committer(new UndeduplicatedEngine(engine), clock, CommitProbe.NONE);
                repeat(on, off);
            }
        }
        return figures();
    }

    private void fill(PrivatePostgres server) {
        server.sql(DATABASE, """
                INSERT INTO intake (message_key, body_hash, accepted_at)
                SELECT gen_random_uuid(), gen_random_uuid(), n FROM generate_series(1, %d) AS series (n)
                """.formatted(known));
        server.sql(DATABASE, "VACUUM ANALYZE intake");
        server.sql(DATABASE, "CHECKPOINT");
    }

    private void repeat(Committer on, Committer off) {
        try (Stream<RawMessage> fresh = RecordedNotifications.fresh().limit(2L * (repeat + 1) * batches * size)) {
            Iterator<List<Processed>> next = Processing.batches(fresh, size);
            for (int repetition = 0; repetition <= repeat; repetition++) {
                long nanosOn = 0;
                long nanosOff = 0;
                for (int i = 0; i < batches; i++) {
                    nanosOn += commit(on, next.next());
                    nanosOff += commit(off, next.next());
                }
                note(repetition, nanosOn, nanosOff);
            }
        }
    }

    private void note(int repetition, long nanosOn, long nanosOff) {
        double messages = (double) batches * size;
        double rateOn = messages * 1e9 / nanosOn;
        double rateOff = messages * 1e9 / nanosOff;
        String counted = repetition == 0 ? " (warming up)" : "";
        say("with %,.0f messages/s, without %,.0f messages/s%s", rateOn, rateOff, counted);
        if (repetition > 0) {
            with.add(rateOn);
            without.add(rateOff);
            ratios.add(rateOn / rateOff);
        }
    }

    /** How long it took; every message must have been new. */
    private static long commit(Committer committer, List<Processed> entries) {
        LedgerBatch batch = new LedgerBatch("bench", entries);
        long begin = System.nanoTime();
        CommitOutcome outcome = committer.commit(batch);
        long took = System.nanoTime() - begin;
        if (!(outcome instanceof CommitOutcome.Committed(CommitReport report))
                || report.fates().stream().anyMatch(fate -> fate != Fate.EVENT)) {
            throw new IllegalStateException("not all messages became events: " + outcome);
        }
        return took;
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
                .ratio(ratio, "rate of commits that take every message for new")
                .goal("time that the check adds to a commit", 1 / ratio - 1, GOAL, false);
    }
}
