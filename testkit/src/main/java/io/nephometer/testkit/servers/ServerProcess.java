// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that we started, with what it started in turn. It ends with this JVM at the latest, unless that is killed. */
final class ServerProcess {
    private final String name;
    private final Process process;
    private final Path output;
    private final Thread endWithUs;

    private ServerProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
        this.endWithUs = new Thread(this::killTree, "end " + name);
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /**
     * Starts {@code command}.
     *
     * @param output the file that standard output and error are appended to
     * @param environment added to ours, of which names beginning with {@code without} are left out
     */
    static ServerProcess start(
            String name, Path output, Map<String, String> environment, String without, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith(without));
        builder.environment().putAll(environment);
        try {
            return new ServerProcess(name, builder.start(), output);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + name + ": " + String.join(" ", command), e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * For what needs the server.
     *
     * @throws IllegalStateException with its exit code and the end of its output if it has ended
     */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException("%s ended of its own accord with %d; its output ends with:%n%s"
                    .formatted(name, process.exitValue(), outputTail()));
        }
    }

    long pid() {
        return process.pid();
    }

    /**
     * Returns when {@code answers} does.
     *
     * @throws IllegalStateException with the end of the output if the process ends first or {@code limit} is over; the process
     *     is dead then
     */
    void awaitReady(Duration limit, Readiness answers) {
        long start = System.nanoTime();
        Exception last = null;
        while (System.nanoTime() - start < limit.toNanos()) {
            try {
                answers.check();
                if (process.isAlive()) {
                    return;
                }
                last = new IllegalStateException("another server answers in its place");
            } catch (Exception e) {
                last = e;
            }
            if (endsWithin(Duration.ofMillis(50))) {
                break;
            }
        }
        kill();
        throw new IllegalStateException(name + " did not start; its output ends with:\n" + outputTail(), last);
    }

    /** Asks it to end, and kills it if it has not within {@code limit}. */
    void terminate(Duration limit) {
        process.destroy();
        if (!endsWithin(limit)) {
            kill();
        }
        forget();
    }

    /** Sends it a signal by name, such as STOP. */
    void signal(String signal) {
        signal(signal, process.pid());
    }

    /** Sends it to the process and all that it started. */
    void signalTree(String signal) {
        signal(signal, process.pid());
        // One of them may end in between.
        process.descendants().forEach(child -> send(signal, child.pid()));
    }

    /** Sends a signal to any process of ours. */
    static void signal(String signal, long pid) {
        int code = send(signal, pid);
        if (code != 0) {
            throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + code);
        }
    }

    private static int send(String signal, long pid) {
        try {
            return new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot run kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in kill", e);
        }
    }

    /** Kills it and returns when it is dead. */
    void kill() {
        killTree();
        if (!endsWithin(Duration.ofSeconds(20))) {
            throw new IllegalStateException(name + " (process " + process.pid() + ") cannot be killed");
        }
        forget();
    }

    private void killTree() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (IllegalStateException e) {
            // The JVM is ending, and the hook does its work.
            return;
        }
    }

    private boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    /** The last 4,000 characters of what it printed. */
    String outputTail() {
        try {
            String all = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
            return all.substring(Math.max(0, all.length() - 4_000));
        } catch (IOException e) {
            return "(cannot read " + output + ": " + e.getMessage() + ")";
        }
    }

    /** Throws as long as the server does not answer. */
    @FunctionalInterface
    interface Readiness {
        void check() throws Exception;
    }
}
