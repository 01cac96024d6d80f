// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.app.Main;
import io.nephometer.testkit.servers.Ending;
import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code nephometer run --role central} in a JVM of its own; it does not outlive ours. */
final class CentralProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;
    private final TelemetryPages pages;

    private CentralProcess(String name, Process process, Path log, TelemetryPages pages) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.pages = pages;
    }

    /** @param config the part of the configuration that all members have in common */
    static CentralProcess start(Path folder, String name, String config) throws IOException {
        int port = FreePorts.next();
        Path log = Files.createTempFile(folder, name, ".log");
        Path file = Files.writeString(
                Files.createTempFile(folder, name, ".yaml"),
                config.formatted(name, folder.resolve("spool-" + name)) + "telemetry: {port: " + port + "}\n");
        List<String> command =
                CollectorProcess.command(Main.class, List.of("run", "--config", file.toString(), "--role", "central"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new CentralProcess(name, process, log, new TelemetryPages(port));
    }

    /** Returns when it has all of its share. */
    void awaitShare() {
        Await.until(name + " has its share", this::log, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with code " + process.exitValue() + ":\n" + log());
            }
            return log().contains("Running as ")
                    && pages.health("central polling").contains("status=up");
        });
    }

    double metric(String metric) throws IOException, InterruptedException {
        return pages.metric(metric);
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() {
        Ending.kill(process);
    }

    void signal(String signal) throws Exception {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + signal + " ended with " + code);
        }
    }

    String log() {
        try {
            return name + ":\n" + Files.readString(log);
        } catch (IOException e) {
            return name + ": its log cannot be read: " + e;
        }
    }

    @Override
    public void close() {
        kill();
    }
}
