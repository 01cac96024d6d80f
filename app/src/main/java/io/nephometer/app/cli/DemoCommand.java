// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.Logging;
import io.nephometer.app.config.LogLevel;
import io.nephometer.app.config.LoggingConfig;
import io.nephometer.app.demo.Demo;
import io.nephometer.app.demo.DemoResult;
import io.nephometer.app.output.Terminal;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer demo}. */
@Command(
        name = "demo",
        description =
                "Replay the recorded notifications of a real cloud into a temporary ledger, with three broken messages,"
                        + " one in a hundred sent twice, and the ledger away for five seconds; then count what was lost or doubled.")
public final class DemoCommand implements Callable<Integer> {
    private static final Duration USUAL_LENGTH = Duration.ofSeconds(20);
    private static final Duration OUTAGE = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long the sending takes (PT60S, 60s); then the last line is a summary in JSON.")
    private @Nullable Duration duration;

    @Override
    public Integer call() throws IOException, InterruptedException {
        // The outage is part of the show and told there; a warning would only cut through the line of progress.
        Logging.apply(new LoggingConfig(LogLevel.ERROR, Map.of()));
        PrintWriter out = spec.commandLine().getOut();
        boolean terminal = Terminal.detect().out();
        Path folder = Files.createTempDirectory("nephometer-demo-");
        try {
            out.println("Replaying the notifications of a real cloud (Nova, Neutron, Glance, Cinder, Keystone, Swift)");
            out.println("into a temporary SQLite ledger. Halfway the ledger goes away for five seconds.");
            out.println();
            out.flush();
            Demo demo = new Demo(folder, OUTAGE, WallClock.system(), Ticker.system());
            DemoResult result =
                    demo.run(duration == null ? USUAL_LENGTH : duration, moment -> show(moment, terminal, out));
            out.print(terminal ? "\r\u001b[K" : "");
            DemoText.print(result, out);
            if (duration != null) {
                out.println(Json.write(result.json()));
            }
            out.flush();
            return result.isGood() ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            delete(folder);
        }
    }

    private static void show(Demo.Moment moment, boolean terminal, PrintWriter out) {
        if (terminal) {
            out.printf(
                    "\r\u001b[Ksent %,6d of %,d   on the bus %,5d   events %,6d   samples %,6d   %s",
                    moment.sent(),
                    moment.toSend(),
                    moment.onTheBus(),
                    moment.events(),
                    moment.samples(),
                    moment.ledgerAway() ? "LEDGER AWAY: consuming stopped" : "");
            out.flush();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
