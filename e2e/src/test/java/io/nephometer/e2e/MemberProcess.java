// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link MemberLoop} in a JVM of its own; it does not outlive ours. */
final class MemberProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;

    private MemberProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static MemberProcess start(Path folder, String coordinator, String name) throws IOException {
        Path log = Files.createTempFile(folder, name, ".log");
        List<String> arguments =
                List.of(coordinator, name, folder.resolve("epochs").toString());
        Process process = new ProcessBuilder(CollectorProcess.command(MemberLoop.class, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new MemberProcess(name, process, log);
    }

    List<String> lines() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Units and epochs that it owns, by what it said last of each. */
    Map<String, Long> owned() {
        Map<String, Long> owned = new TreeMap<>();
        for (String line : lines()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "gained" -> owned.put(words[1], Long.valueOf(words[2]));
                case "lost" -> owned.remove(words[1], Long.valueOf(words[2]));
                default -> {}
            }
        }
        return owned;
    }

    /** Lets it print its health. */
    void askHealth() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() {
        Ending.kill(process);
    }

    /** Lets it leave, and returns when it has ended. */
    void end() throws IOException {
        process.getOutputStream().close();
        Ending.await(process);
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

    @Override
    public String toString() {
        return name + ": " + String.join("\n  ", lines());
    }

    @Override
    public void close() {
        kill();
    }
}
