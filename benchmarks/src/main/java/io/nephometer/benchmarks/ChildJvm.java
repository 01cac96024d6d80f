// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program of this module in a JVM of its own, with the options that {@code ./nephometer} starts with, so that nothing is
 * warm and the heap is as small as it will be.
 *
 * @param main the class with the method {@code main}; the last line that it prints is a JSON object
 * @param options more options for the JVM
 */
public record ChildJvm(Class<?> main, int heapMib, List<String> options) {
    /** What it printed last. */
    public Map<String, @Nullable Object> run(List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread endWithUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(endWithUs);
        String last = lastLine(process);
        int code = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(endWithUs);
        if (code != 0 || last == null) {
            throw new IllegalStateException(main.getSimpleName() + " " + arguments + " ended with exit code " + code);
        }
        return object(last);
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx" + heapMib + "m", "-XX:+ExitOnOutOfMemoryError"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static @Nullable String lastLine(Process process) throws IOException {
        String last = null;
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null) {
                last = line;
                line = output.readLine();
            }
        }
        return last;
    }

    @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
    private static Map<String, @Nullable Object> object(String line) {
        try {
            if (Json.parse(line) instanceof Map<?, ?> map) {
                return (Map<String, @Nullable Object>) map;
            }
        } catch (JsonException e) {
            throw new IllegalStateException("the last line is not JSON: " + line, e);
        }
        throw new IllegalStateException("the last line is not a JSON object: " + line);
    }
}
