// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What commands say that are asked beside the product. */
public final class Answer {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Answer() {}

    /**
     * What a command writes to its output; what it complains of goes to ours.
     *
     * @throws IOException if it fails, or hangs, and is killed then; the message has the command
     */
    public static String of(List<String> command) throws IOException, InterruptedException {
        return of(command, LIMIT);
    }

    /** As the other, with a limit of its own. Through a file: a pipe would be held open by what a shell has started. */
    static String of(List<String> command, Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile("nephometer-cloud-", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException(
                            "did not end within " + limit.toSeconds() + " s: " + String.join(" ", command));
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        "failed with exit code " + process.exitValue() + ": " + String.join(" ", command));
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
