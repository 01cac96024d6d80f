// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e;

import io.nephometer.testkit.servers.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@link RefresherLoop} in a JVM of its own; it does not outlive ours. */
final class RefresherProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private RefresherProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static RefresherProcess start(Path folder, String redisUrl, String name, String authUrl) throws IOException {
        Path log = Files.createTempFile(folder, name, ".log");
        Process process = new ProcessBuilder(
                        CollectorProcess.command(RefresherLoop.class, List.of(redisUrl, name, authUrl)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new RefresherProcess(process, log);
    }

    String log() {
        try {
            String all = Files.readString(log, StandardCharsets.UTF_8);
            return all.substring(Math.max(0, all.length() - 3_000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** As {@code kill -9}; returns when it is dead. */
    void kill() {
        Ending.kill(process);
    }

    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + code);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
