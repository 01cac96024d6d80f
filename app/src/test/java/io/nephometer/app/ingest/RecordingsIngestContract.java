// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.Main;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.testkit.Recordings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole recordings of a real cloud through {@code ingest} and {@code query}, as a user has them. */
abstract class RecordingsIngestContract {
    private static final List<String> PARTS =
            List.of("events", "recovered", "duplicates", "conflicts", "sample_only", "unmatched");

    @TempDir
    Path folder;

    /** The address of a new, empty ledger. */
    abstract String newLedger(Path folder);

    static List<String> recordings() {
        return Recordings.names();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void aRecording_becomesWhatCeilometerMakesOfIt_once(String name) throws IOException {
        String ledger = newLedger(folder);
        Path file = file(name);

        Map<?, ?> first = ingest(ledger, file);

        assertSum(first);
        assertThat(query(ledger, "events")).isEqualTo(golden(name, RecordingsIngestContract::events));
        assertThat(query(ledger, "samples")).isEqualTo(golden(name, RecordingsIngestContract::samples));

        Map<?, ?> second = ingest(ledger, file);

        assertSum(second);
        assertThat(second.get("duplicates")).isEqualTo(second.get("read")).isEqualTo(first.get("read"));
        assertThat(second.get("samples")).isEqualTo(0L);
    }

    @Test
    void aSecondIngest_afterTheDefinitionsChanged_derivesNothing() throws IOException {
        String ledger = newLedger(folder);
        Path file = file("00-bootstrap");
        Map<?, ?> first = ingest(ledger, file);
        Map<Map<?, ?>, Integer> samples = query(ledger, "samples");
        Path definitions = folder.resolve("definitions");
        Files.createDirectories(definitions.resolve("meters.d"));
        Files.writeString(definitions.resolve("meters.d/one.yaml"), """
                metric:
                  - name: everything
                    event_type: .*
                    type: gauge
                    unit: message
                    volume: 1
                    resource_id: $.publisher_id
                """);

        Map<?, ?> second = ingest(ledger, file, "--definitions", definitions.toString());

        assertThat(second.get("duplicates")).isEqualTo(first.get("read"));
        assertThat(second.get("samples")).isEqualTo(0L);
        assertThat(query(ledger, "samples")).isEqualTo(samples);
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name + ".jsonl");
        try (Stream<String> lines = Recordings.notifications(name)) {
            Files.write(file, lines.toList());
        }
        return file;
    }

    private static void assertSum(Map<?, ?> summary) {
        long sum = PARTS.stream().mapToLong(part -> number(summary.get(part))).sum();
        assertThat(sum).isEqualTo(number(summary.get("read")));
    }

    private static long number(@Nullable Object value) {
        assertThat(value).isInstanceOf(Long.class);
        return value instanceof Long number ? number : 0;
    }

    private static Map<?, ?> ingest(String ledger, Path file, String... more) {
        List<String> arguments = new ArrayList<>(List.of("ingest", "--store", ledger, "--json", file.toString()));
        arguments.addAll(List.of(more));
        List<String> lines = run(arguments).lines().toList();
        return parse(lines.getLast());
    }

    /** The answers, whatever the order of their keys, with how often each is there. */
    private static Map<Map<?, ?>, Integer> query(String ledger, String what) {
        Map<Map<?, ?>, Integer> answers = new HashMap<>();
        run(List.of("query", what, "--store", ledger, "--format", "jsonl"))
                .lines()
                .forEach(line -> answers.merge(parse(line), 1, Integer::sum));
        return answers;
    }

    private static String run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString();
    }

    /** What makes lines of answers of a golden line. */
    private interface GoldenForm {
        List<Map<String, @Nullable Object>> of(Map<?, ?> golden);
    }

    private static Map<Map<?, ?>, Integer> golden(String name, GoldenForm form) {
        Map<Map<?, ?>, Integer> expected = new HashMap<>();
        try (Stream<String> lines = Recordings.golden(name)) {
            lines.forEach(line -> form.of(parse(line)).forEach(answer -> expected.merge(answer, 1, Integer::sum)));
        }
        return expected;
    }

    private static List<Map<String, @Nullable Object>> events(Map<?, ?> golden) {
        return golden.get("event") instanceof Map<?, ?> event
                ? List.of(ordered(event, List.of("event_type", "message_id", "generated", "traits")))
                : List.of();
    }

    private static List<Map<String, @Nullable Object>> samples(Map<?, ?> golden) {
        List<Map<String, @Nullable Object>> answers = new ArrayList<>();
        if (golden.get("samples") instanceof List<?> samples) {
            for (Object sample : samples) {
                Map<String, @Nullable Object> answer = ordered(
                        (Map<?, ?>) sample,
                        List.of(
                                "name",
                                "type",
                                "unit",
                                "volume",
                                "resource_id",
                                "project_id",
                                "user_id",
                                "timestamp",
                                "message_id",
                                "metadata"));
                answer.put("message_id", golden.get("message_id"));
                answers.add(answer);
            }
        }
        return answers;
    }

    private static Map<String, @Nullable Object> ordered(Map<?, ?> map, List<String> keys) {
        Map<String, @Nullable Object> ordered = new LinkedHashMap<>();
        keys.forEach(key -> ordered.put(key, map.get(key)));
        return ordered;
    }

    private static Map<?, ?> parse(String line) {
        try {
            return (Map<?, ?>) Objects.requireNonNull(Json.parse(line), "not null");
        } catch (JsonException e) {
            throw new AssertionError(line, e);
        }
    }
}
