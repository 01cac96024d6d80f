// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.runtime.json.Json;
import io.nephometer.testkit.servers.Ending;
import io.nephometer.testkit.servers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The product itself, as an operator starts it: {@code nephometer run --config FILE}. For one thread. */
final class CollectorProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    /** All that oslo.messaging has. */
    private static final List<String> PRIORITIES =
            List.of("audit", "critical", "debug", "error", "info", "sample", "warn");

    private final CloudPlan plan;
    private final String queue;
    private final Path config;
    private final Path log;
    private final int port = FreePorts.next();
    private final CollectorFigures figures = new CollectorFigures();
    private @Nullable Process process;

    CollectorProcess(CloudPlan plan, String queue) {
        this.plan = plan;
        this.queue = queue;
        this.config = plan.folder().resolve("nephometer.yaml");
        this.log = plan.folder().resolve("collector.log");
    }

    /** Writes the configuration; it holds the passwords, so only its owner may read it. */
    void configure(List<String> exchanges) throws IOException {
        Files.deleteIfExists(config);
        Files.createFile(config, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(config, """
                roles: [collector]
                store:
                  url: %s
                collector:
                  rabbitmq:
                    - url: %s
                      queue: %s
                      exchanges: %s
                      topics: %s
                      priorities: %s
                telemetry:
                  port: %d
                """.formatted(
                        text(plan.storeUrl()),
                        text(plan.amqp().reveal()),
                        queue,
                        Json.write(exchanges),
                        Json.write(plan.topics()),
                        Json.write(PRIORITIES),
                        port));
    }

    /** As a text of YAML that no variable of the environment is put into. */
    private static String text(String value) {
        return Json.write(value.replace("${", "$${"));
    }

    /** Starts it, and returns when it consumes. It consumes only after its queue is bound. */
    void start(CloudBroker broker) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (broker.consumers(queue) > 0) { // the broker has not noticed yet that the one before was killed
            waitALittle(begin);
        }
        List<String> command = new ArrayList<>(plan.product());
        command.addAll(List.of("run", "--config", config.toString()));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = started;
        while (broker.consumers(queue) == 0) {
            ensureRuns();
            waitALittle(begin);
        }
    }

    private void waitALittle(long begin) throws IOException, InterruptedException {
        if (System.nanoTime() - begin > START_LIMIT.toNanos()) {
            throw new IOException("the collector does not consume " + queue + " after " + START_LIMIT.toSeconds()
                    + " s; what it said is in " + log);
        }
        TimeUnit.MILLISECONDS.sleep(100);
    }

    /** @throws IOException if it has ended by itself: nothing need be awaited of it */
    void ensureRuns() throws IOException {
        Process running = process;
        if (running != null && !running.isAlive()) {
            throw new IOException("the collector ended by itself with exit code " + running.exitValue()
                    + "; what it said is in " + log);
        }
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            figures.look(port);
            running.destroyForcibly();
            running.waitFor();
            figures.collectorEnded();
        }
    }

    /** Ends it in order. */
    void stop() throws IOException, InterruptedException {
        Process running = process;
        if (running == null) {
            return;
        }
        ensureRuns();
        figures.look(port);
        figures.collectorEnded();
        running.destroy();
        if (!running.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(
                    "the collector did not stop within " + STOP_LIMIT.toSeconds() + " s; what it said is in " + log);
        }
        process = null;
    }

    /** What those that ended said of themselves. */
    Map<String, Long> figures() {
        return figures.sums();
    }

    /** Kills it, whatever it does, and returns when it is dead. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            Ending.kill(running);
        }
    }
}
