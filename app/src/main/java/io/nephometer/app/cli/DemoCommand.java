// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.Logging;
import io.nephometer.app.config.LogLevel;
import io.nephometer.app.config.LoggingConfig;
import io.nephometer.app.demo.Demo;
import io.nephometer.app.demo.DemoResult;
import io.nephometer.app.demo.FleetOptions;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nephometer demo}. */
@Command(
        name = "demo",
        description =
                "Replay the recorded notifications of a real cloud into a temporary ledger, with three broken messages,"
                        + " one in a hundred sent twice, and the ledger away for five seconds, while agents poll the hosts of a"
                        + " simulated cloud into it every two seconds, and three agents its public APIs, of which one is killed; then count what was lost or doubled.")
public final class DemoCommand implements Callable<Integer> {
    private static final Duration USUAL_LENGTH = Duration.ofSeconds(20);
    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long the sending takes (PT60S, 60s); then the last line is a summary in JSON.")
    private @Nullable Duration duration;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "5",
            description = "Compute hosts of the simulated cloud; ${DEFAULT-VALUE} if not given.")
    private int hosts;

    @Option(
            names = "--instances-per-host",
            paramLabel = "N",
            defaultValue = "10",
            description = "Instances on each of them at first; ${DEFAULT-VALUE} if not given.")
    private int instancesPerHost;

    @Override
    public Integer call() throws IOException, InterruptedException {
        FleetOptions fleet = fleet();
        // The outage is part of the show and told there; a warning would only cut through the line of progress.
        Logging.apply(new LoggingConfig(LogLevel.ERROR, Map.of()));
        PrintWriter out = spec.commandLine().getOut();
        boolean terminal = Terminal.detect().out();
        Path folder = Files.createTempDirectory("nephometer-demo-");
        try {
            out.println("Replaying the notifications of a real cloud (Nova, Neutron, Glance, Cinder, Keystone, Swift)");
            out.println(
                    "into a temporary SQLite ledger, while agents poll the hosts of a simulated cloud every two seconds.");
            out.println(
                    "Three central agents share its public APIs. An SQLite ledger is of one process, so they are of this one:");
            out.println(
                    "after a quarter of the time all that one of them sends or hears is cut off, as by kill -9. It neither");
            out.println("leaves nor hands over. Processes are killed in ./bench central-agents, on a PostgreSQL.");
            out.println("Halfway the ledger goes away for five seconds.");
            out.println();
            out.flush();
            Demo demo = new Demo(folder, fleet, OUTAGE, WallClock.system(), Ticker.system());
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

    private FleetOptions fleet() {
        try {
            return new FleetOptions(hosts, instancesPerHost, INTERVAL);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void show(Demo.Moment moment, boolean terminal, PrintWriter out) {
        if (terminal) {
            out.printf(
                    "\r\u001b[Ksent %,6d of %,d   on the bus %,5d   events %,6d   samples %,6d   slots %,4d   Nova requests/min: %,d (without the cache a list for each of %,d cycles)   %s",
                    moment.sent(),
                    moment.toSend(),
                    moment.onTheBus(),
                    moment.events(),
                    moment.samples(),
                    moment.slots(),
                    moment.load().novaRequests(),
                    moment.load().cycles(),
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
