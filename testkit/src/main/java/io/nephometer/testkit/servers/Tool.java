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

/** A command that ends by itself, such as a client of a server. */
final class Tool {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Tool() {}

    /** As the other, in our own environment. */
    static String run(ScratchFolder folder, List<String> command) {
        return run(folder, Map.of(), command);
    }

    /**
     * Runs it in a folder and gives what it printed, without white space around it. The output goes through a file: a pipe would be
     * held open by what the command leaves behind.
     *
     * @param environment added to ours
     * @throws IllegalStateException with what it printed if it failed, or did not end in time; it is dead then
     */
    static String run(ScratchFolder folder, Map<String, String> environment, List<String> command) {
        String name = Path.of(command.getFirst()).getFileName().toString();
        Path output = folder.file(name + "-" + System.nanoTime() + ".out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .directory(folder.path().toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            String printed = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        String.join(" ", command) + (ended ? "" : " did not end") + ": " + printed);
            }
            Files.delete(output);
            return printed;
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + command.getFirst(), e);
        }
    }
}
