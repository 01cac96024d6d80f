// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.nephometer.runtime.json.Json;
import io.nephometer.testkit.Vectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every conformance vector through {@code definitions test --json}, compared whole; the differences that are allowed are those
 * that the pipeline's own test lists.
 */
class DefinitionVectorsCommandTest {
    private static final Path DIFFERENCES = Path.of(
            "..",
            "pipeline",
            "src",
            "test",
            "resources",
            "io",
            "nephometer",
            "pipeline",
            "preview",
            "vector-differences.json");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> events() throws Exception {
        return tests(Vectors.events(), "event_definitions", "event_definitions.yaml");
    }

    @TestFactory
    Stream<DynamicTest> meters() throws Exception {
        return tests(Vectors.meters(), "meters", "meters.d/vector.yaml");
    }

    private Stream<DynamicTest> tests(List<String> lines, String kind, String file) throws Exception {
        Map<String, @Nullable Object> differences = map(Json.parse(Files.readAllBytes(DIFFERENCES)));
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : lines) {
            Map<String, @Nullable Object> vector = map(Json.parse(line));
            String name = String.valueOf(vector.get("name"));
            tests.add(DynamicTest.dynamicTest(
                    name,
                    () -> check(vector, kind, folder.resolve(kind + "-" + name), file, result(differences.get(name)))));
        }
        return tests.stream();
    }

    private static void check(
            Map<String, @Nullable Object> vector, String kind, Path directory, String file, @Nullable Object listed)
            throws Exception {
        Path definitions = directory.resolve("definitions").resolve(file);
        Files.createDirectories(definitions.resolveSibling("."));
        Files.writeString(definitions, String.valueOf(vector.get(kind)));
        Path messages = Files.write(
                directory.resolve("messages.jsonl"),
                list(vector.getOrDefault("notifications", List.of())).stream()
                        .map(Json::write)
                        .toList());

        CommandRun run = CommandRun.of(arguments(vector, directory.resolve("definitions"), messages));

        Object actual = run.exitCode() == ExitCode.USAGE ? "refused" : results(run, kind);
        assertThat(actual)
                .as(vector.get("about") + "\n" + run.err())
                .isEqualTo(listed == null ? expected(vector, kind) : withoutFlags(listed));
        if ("definition-skipped".equals(vector.get("invalid"))) {
            assertThat(run.err()).contains(definitions + ":");
        } else if (actual.equals("refused")) {
            assertThat(run.err()).contains(definitions + ":", "nothing was done");
        }
    }

    private static String[] arguments(Map<String, @Nullable Object> vector, Path definitions, Path messages) {
        List<String> arguments = new ArrayList<>(
                List.of("definitions", "test", "--json", "--definitions", definitions.toString(), messages.toString()));
        Map<String, @Nullable Object> conf = vector.get("conf") == null ? Map.of() : map(vector.get("conf"));
        if (Boolean.TRUE.equals(conf.get("drop_unmatched_notifications"))) {
            arguments.add("--drop-unmatched");
        }
        if (conf.get("store_raw") != null) {
            list(conf.get("store_raw")).forEach(priority -> arguments.add("--store-raw=" + priority));
        }
        return arguments.toArray(String[]::new);
    }

    private static List<Object> results(CommandRun run, String kind) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
        List<Object> results = new ArrayList<>();
        for (Map<String, @Nullable Object> object : run.objects()) {
            results.add(comparable(object, kind));
        }
        return results;
    }

    private static Object expected(Map<String, @Nullable Object> vector, String kind) {
        return Boolean.TRUE.equals(vector.get("invalid"))
                ? "refused"
                : list(vector.get("expected")).stream()
                        .map(one -> comparable(map(one), kind))
                        .toList();
    }

    private static Map<String, @Nullable Object> comparable(Map<String, @Nullable Object> one, String kind) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("message_id", one.get("message_id"));
        if (kind.equals("event_definitions")) {
            result.put("event", one.get("event"));
        } else {
            result.put("samples", one.get("samples"));
            result.put("dropped", one.getOrDefault("dropped", List.of()));
        }
        return result;
    }

    private static @Nullable Object result(@Nullable Object difference) {
        return difference == null ? null : map(difference).get("result");
    }

    /** The list says also which conversions failed, which the command says in words. */
    private static Object withoutFlags(Object listed) {
        return listed instanceof List<?> results
                ? results.stream()
                        .map(result -> {
                            Map<String, @Nullable Object> copy = new LinkedHashMap<>(map(result));
                            copy.remove("failed");
                            return copy;
                        })
                        .toList()
                : listed;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
            Map<String, @Nullable Object> typed = (Map<String, @Nullable Object>) map;
            return typed;
        }
        return fail("no map: " + value);
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : fail("no list: " + value);
    }
}
