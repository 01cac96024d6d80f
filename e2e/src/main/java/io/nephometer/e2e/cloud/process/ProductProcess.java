// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.process;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** {@code nephometer run --config FILE}, as an operator starts it, in a process that ends when this is closed. For one thread. */
public final class ProductProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final Duration PAGE_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PAGE_LIMIT).build();

    private ProductProcess(String name, Process process, Path log, int port) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts it.
     *
     * @param product the command that is {@code nephometer}
     * @param folder where its configuration and its log are written, for their owner alone: they hold passwords
     * @param config all but where its metrics are
     * @param more arguments of {@code run}
     */
    static ProductProcess start(List<String> product, Path folder, String name, String config, List<String> more)
            throws IOException {
        int port = FreePorts.next();
        Path file = Files.createFile(
                folder.resolve(name + ".yaml"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, config + "telemetry: {port: " + port + "}\n");
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>(product);
        command.addAll(List.of("run", "--config", file.toString()));
        command.addAll(more);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ProductProcess(name, process, log, port);
    }

    /** As a text of YAML that no variable of the environment is put into. */
    public static String text(Object value) {
        return Json.write(value.toString().replace("${", "$${"));
    }

    public String name() {
        return name;
    }

    /** Something that becomes true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Returns when a component of its health is up. */
    public void awaitUp(String component) throws IOException, InterruptedException {
        await(component + " is not up", START_LIMIT, () -> isUp(component));
    }

    /**
     * Returns when something is as it should be, which it must become while the process lives.
     *
     * @param otherwise what to say if it does not, for people
     */
    public void await(String otherwise, Duration limit, Condition condition) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        ensureRuns();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new IOException(
                        name + ": " + otherwise + " after " + limit.toSeconds() + " s; what it said is in " + log);
            }
            TimeUnit.MILLISECONDS.sleep(200);
            ensureRuns();
        }
    }

    /**
     * Fails if it has ended by itself: nothing need be awaited of it then.
     *
     * @throws IOException with its exit code and where its log is
     */
    public void ensureRuns() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(
                    name + " ended by itself with exit code " + process.exitValue() + "; what it said is in " + log);
        }
    }

    private boolean isUp(String component) throws InterruptedException {
        try {
            Object health = Json.parse(page("/health"));
            return health instanceof Map<?, ?> map
                    && map.get("components") instanceof Map<?, ?> components
                    && components.get(component) instanceof Map<?, ?> part
                    && "up".equals(part.get("status"));
        } catch (IOException | JsonException _) {
            return false; // not listening yet
        }
    }

    /** Values of a metric by its labels, as {@code /metrics} writes them: {@code service="compute",reason="refresh"}. */
    public Map<String, Double> metric(String metric) throws IOException, InterruptedException {
        Map<String, Double> values = new TreeMap<>();
        page("/metrics")
                .lines()
                .filter(line -> line.startsWith(metric + " ") || line.startsWith(metric + "{"))
                .forEach(line -> {
                    int end = line.lastIndexOf(' ');
                    String labels = line.substring(metric.length(), end).replaceAll("^\\{|\\}$", "");
                    values.put(labels, Double.parseDouble(line.substring(end + 1)));
                });
        return values;
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PAGE_LIMIT)
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** Ends it as a power cut would; returns when it is dead. */
    public void kill() {
        Ending.kill(process);
    }

    /** Ends it in order. */
    public void stop() throws IOException, InterruptedException {
        ensureRuns();
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(
                    name + " did not stop within " + STOP_LIMIT.toSeconds() + " s; what it said is in " + log);
        }
    }

    @Override
    public void close() {
        kill();
        http.close();
    }
}
