// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ceilometer's notification agent, driven by a script that is called with the URL of the broker, the name of the queue and the
 * number of messages in it, and prints as its last line a JSON object with {@code per_s}, {@code cpu_s} and
 * {@code peak_rss_mib}. Ours is written for the agent of Debian's package {@code ceilometer-agent-notification}.
 */
final class Peer {
    private static final Path AGENT = Path.of("/usr/bin/ceilometer-agent-notification");
    private static final String SCRIPT = "ceilometer-drain.py";

    private final String script;

    /** @param script a program; empty for our own */
    Peer(String script) {
        this.script = script;
    }

    boolean isThere() {
        return script.isEmpty() ? Files.isExecutable(AGENT) : Files.isExecutable(Path.of(script));
    }

    String absence() {
        return script.isEmpty()
                ? "there is no " + AGENT + " (apt-get install ceilometer-agent-notification)"
                : "there is no program " + script;
    }

    Map<String, @Nullable Object> drain(NotificationQueue queue, int messages)
            throws IOException, InterruptedException {
        Path own = script.isEmpty() ? unpacked() : null;
        try {
            String program = own == null ? script : own.toString();
            Process process = new ProcessBuilder(program, queue.url(), queue.name(), Integer.toString(messages))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(program + " failed: " + output);
            }
            return figures(output);
        } finally {
            if (own != null) {
                Files.deleteIfExists(own);
            }
        }
    }

    private static Map<String, @Nullable Object> figures(String output) {
        String last = output.lines().reduce((before, line) -> line).orElse("");
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        try {
            if (Json.parse(last) instanceof Map<?, ?> map) {
                for (String figure : List.of("per_s", "cpu_s", "peak_rss_mib")) {
                    figures.put(figure, map.get(figure));
                }
            }
        } catch (JsonException e) {
            throw new IllegalStateException("the last line is not JSON: " + last, e);
        }
        return figures;
    }

    private static Path unpacked() throws IOException {
        Path file = Files.createTempFile(
                "ceilometer-drain-",
                ".py",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (InputStream packed = Objects.requireNonNull(Peer.class.getResourceAsStream(SCRIPT), SCRIPT)) {
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }
}
