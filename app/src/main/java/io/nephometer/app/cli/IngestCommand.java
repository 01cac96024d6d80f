// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.ingest.Ingest;
import io.nephometer.app.ingest.Tally;
import io.nephometer.app.output.Progress;
import io.nephometer.app.output.Terminal;
import io.nephometer.pipeline.batch.BatchLimits;
import io.nephometer.pipeline.batch.BatchObserver;
import io.nephometer.pipeline.batch.BatchOutcome;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.json.Json;
import io.nephometer.sources.files.FileReceiver;
import io.nephometer.store.ledger.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer ingest}: recorded notifications through the whole pipeline. */
@Command(
        name = "ingest",
        description =
                "Take recorded notifications through the whole pipeline into a ledger. A file may be ingested again:"
                        + " what the ledger knows is counted as duplicate and nothing is counted twice.")
public final class IngestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private ProcessorOption processing;

    @Option(names = "--json", description = "Print the summary as one line of JSON.")
    private boolean json;

    @Mixin
    private RecordedFiles recorded;

    @Override
    public Integer call() throws CommandFailure, ConfigException, IOException {
        List<Path> files = recorded.existing();
        Tally tally = new Tally();
        LongAdder dropped = new LongAdder();
        MessageProcessor processor = processing.processor(sample -> dropped.increment());
        long begin = Ticker.system().nanos();
        Optional<String> failure;
        try (Ledger ledger = store.open()) {
            failure = ingest(files, ledger, processor, tally).map(cause -> "the store takes no more: " + cause);
        } catch (UncheckedIOException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
        print(tally, dropped.sum(), Duration.ofNanos(Ticker.system().nanos() - begin));
        if (failure.isPresent()) {
            throw CommandFailure.failed(
                    failure.get() + "; " + tally.read()
                            + " messages are in the ledger and the others are not: mend it and"
                            + " ingest the same files again, nothing is counted twice",
                    null);
        }
        return ExitCode.DONE;
    }

    private static Optional<String> ingest(List<Path> files, Ledger ledger, MessageProcessor processor, Tally tally)
            throws IOException {
        long size = 0;
        for (Path file : files) {
            size += Files.size(file);
        }
        try (FileReceiver receiver = new FileReceiver(files);
                Progress progress = Progress.of("ingest", "B", size, Terminal.detect())) {
            BatchObserver shown = new BatchObserver() {
                @Override
                public void done(BatchOutcome.Done outcome, Duration took) {
                    tally.done(outcome, took);
                    progress.reach(receiver.bytesRead());
                }

                @Override
                public void postponed(String cause) {}

                @Override
                public void resumed(Duration stopped) {}
            };
            return new Ingest(receiver, BatchLimits.defaults(), processor, ledger, Ticker.system(), shown).run();
        }
    }

    private void print(Tally tally, long dropped, Duration took) {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> summary = new LinkedHashMap<>(tally.summary());
        summary.put("seconds", took.toMillis() / 1000.0);
        if (json) {
            out.println(Json.write(summary));
        } else {
            summary.forEach((name, value) -> out.printf("%-12s %s%n", name, value));
            out.printf("%-12s %d (no usable volume)%n", "dropped", dropped);
        }
        out.flush();
    }
}
