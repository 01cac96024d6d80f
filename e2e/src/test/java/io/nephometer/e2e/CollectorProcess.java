// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link HaltingCollector} in a JVM of its own; it does not outlive ours. */
final class CollectorProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final Path output;
    private final TelemetryPages pages;

    private CollectorProcess(Process process, Path log, Path output, int telemetryPort) {
        this.process = process;
        this.log = log;
        this.output = output;
        this.pages = new TelemetryPages(telemetryPort);
    }

    /** A collector that runs until it is told to end. */
    static CollectorProcess start(CollectorSetup setup) throws IOException {
        return start(setup, List.of());
    }

    /** A collector that will stand still at {@code point}. */
    static CollectorProcess start(CollectorSetup setup, HaltPoint point) throws IOException {
        return start(setup, point.arguments());
    }

    private static CollectorProcess start(CollectorSetup setup, List<String> point) throws IOException {
        Path log = Files.createTempFile(setup.folder(), "collector", ".log");
        Path output = Files.createTempFile(setup.folder(), "collector", ".out");
        List<String> arguments = new ArrayList<>(List.of(setup.write().toString()));
        arguments.addAll(point);
        Process process = new ProcessBuilder(command(HaltingCollector.class, arguments))
                .redirectError(log.toFile())
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new CollectorProcess(process, log, output, setup.telemetryPort());
    }

    /** The command line of a JVM with our class path. */
    static List<String> command(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Returns when the broker gives it messages. */
    CollectorProcess awaitConnected() {
        awaitLog("Connected to ");
        return this;
    }

    /** Returns when its ledger is there to be read. */
    void awaitLedger() {
        awaiting("ledger is open", () -> pages.health("ledger").contains("status=up"));
    }

    void awaitLog(String text) {
        awaiting("log says '" + text + "'", () -> log().contains(text));
    }

    /** Returns when it stands still at the point that was chosen. */
    CollectorProcess awaitHalted() {
        awaiting("halted", () -> Files.readString(output).contains(HaltingCollector.HALTED));
        return this;
    }

    private void awaiting(String what, Await.Condition condition) {
        Await.until(what, this::log, () -> {
            if (condition.holds()) {
                return true;
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the collector ended with code " + process.exitValue() + ":\n" + log());
            }
            return false;
        });
    }

    /** All that it logged. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "the log cannot be read: " + e;
        }
    }

    /** The sum of a metric over all its labels. */
    double metric(String name) throws IOException, InterruptedException {
        return pages.metric(name);
    }

    /** Whether it is still there after {@code time}; lets time pass for those who kill at random. */
    boolean survives(Duration time) throws InterruptedException {
        return !process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGKILL; returns when it is dead. */
    void kill() {
        Ending.kill(process);
    }

    /** SIGTERM; returns when it has ended in order. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the collector did not end when told:\n" + log());
        }
    }

    @Override
    public void close() {
        kill();
    }
}
