// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.testkit.servers.Ending;
import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code nephometer run --role central}: a process as an operator starts it. It does not outlive this one. */
final class Agent implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long STOP_LIMIT_S = 30;

    private final String name;
    private final Process process;
    private final Path log;
    private final int port;

    private Agent(String name, Process process, Path log, int port) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /**
     * Starts one.
     *
     * @param launcher the program; its absence on disk means the class path of this process
     * @param folder for its files
     * @param config all of its configuration but the port that it tells of itself
     */
    static Agent start(Path launcher, Path folder, String name, String config, Map<String, String> environment)
            throws IOException {
        int port = FreePorts.next();
        Path log = Files.createTempFile(folder, name + "-", ".log");
        Path file = Files.writeString(
                Files.createTempFile(folder, name + "-", ".yaml"), config + "telemetry: {port: " + port + "}\n");
        List<String> command = new ArrayList<>(program(launcher));
        command.addAll(List.of("run", "--config", file.toString(), "--role", "central"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Agent(name, builder.start(), log, port);
    }

    private static List<String> program(Path launcher) {
        if (Files.isExecutable(launcher)) {
            return List.of(launcher.toAbsolutePath().toString());
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.nephometer.app.Main");
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it says of its share; empty while it says nothing. */
    String share() {
        try {
            return Json.parse(page("/health")) instanceof Map<?, ?> health
                            && health.get("components") instanceof Map<?, ?> parts
                    ? String.valueOf(parts.get("central polling"))
                    : "";
        } catch (IOException | JsonException e) {
            return "";
        }
    }

    boolean hasShare() {
        return share().contains("status=up");
    }

    /** The sum of a metric over all its labels; 0 if it says nothing. */
    double metric(String metric) {
        try (Stream<String> lines = page("/metrics").lines()) {
            return lines.filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    private String page(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER)
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + name, e);
        }
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() {
        Ending.kill(process);
    }

    /** Asks it to end, and returns when it has. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException(name + " does not end within " + STOP_LIMIT_S + " s; see " + log);
        }
    }

    /** Sends {@code STOP} or {@code CONT}. */
    void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + signal + " of " + name + " ended with " + code);
        }
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return name + (isAlive() ? " " + share() : " has ended") + ", log " + log;
    }
}
