// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.app.Main;
import io.nephometer.testkit.servers.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code nephometer run --role compute} in a JVM of its own; it does not outlive ours. */
final class AgentProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final TelemetryPages pages;

    private AgentProcess(Process process, Path log, TelemetryPages pages) {
        this.process = process;
        this.log = log;
        this.pages = pages;
    }

    static AgentProcess start(AgentSetup setup) throws IOException {
        return start(setup, CollectorProcess.command(Main.class, List.of()));
    }

    /** @param program the command that starts Nephometer */
    static AgentProcess start(AgentSetup setup, List<String> program) throws IOException {
        Path log = Files.createTempFile(setup.folder(), "agent", ".log");
        String config = setup.write().toString();
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("run", "--config", config, "--role", "compute"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        AgentProcess agent = new AgentProcess(process, log, new TelemetryPages(setup.telemetryPort()));
        agent.awaitLog("Running as ");
        return agent;
    }

    void awaitLog(String text) {
        await("log says '" + text + "'", () -> log().contains(text));
    }

    /** Returns when the condition holds; fails at once if the agent has ended. */
    void await(String what, Await.Condition condition) {
        Await.until(what, this::log, () -> {
            if (condition.holds()) {
                return true;
            }
            if (!process.isAlive()) {
                throw new IllegalStateException("the agent ended with code " + process.exitValue() + ":\n" + log());
            }
            return false;
        });
    }

    /** Slots that were measured and handed over. */
    long cycles() throws Exception {
        return (long) pages.metric("nephometer_polling_cycles_seconds_count");
    }

    /** Returns when so many more slots have been measured and handed over. */
    void awaitCycles(int more) throws Exception {
        long before = cycles();
        await(more + " cycles after the first " + before, () -> cycles() >= before + more);
    }

    double metric(String name) throws Exception {
        return pages.metric(name);
    }

    String url() {
        return pages.url();
    }

    Map<?, ?> cache() throws Exception {
        return pages.json("/cache");
    }

    /** What it says of one of its parts: the state and its reason. */
    String health(String part) throws Exception {
        return pages.health(part);
    }

    /** All that it logged. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "the log cannot be read: " + e;
        }
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
            throw new AssertionError("the agent did not end when told:\n" + log());
        }
    }

    @Override
    public void close() {
        kill();
    }
}
