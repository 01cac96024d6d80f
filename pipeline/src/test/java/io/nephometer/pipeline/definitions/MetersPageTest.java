// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The tables of docs/meters.md say what the shipped meter definitions say: file, name, type, unit, event types, resource. */
final class MetersPageTest {
    private static final Path PAGE = Path.of("..", "docs", "meters.md");
    private static final Path METERS =
            Path.of("src", "main", "resources", "io", "nephometer", "pipeline", "definitions", "meters.d");

    @Test
    void thePageListsEveryShippedMeterAsItIsDefined() throws IOException {
        assertThat(rowsOfThePage()).isNotEmpty().containsExactlyInAnyOrderElementsOf(rowsOfTheDefinitions());
    }

    private static List<String> rowsOfThePage() throws IOException {
        List<String> rows = new ArrayList<>();
        String file = "";
        for (String line : Files.readAllLines(PAGE)) {
            if (line.startsWith("Defined in `meters.d/")) {
                file = line.substring("Defined in `meters.d/".length(), line.lastIndexOf('`'));
            } else if (line.startsWith("| `")) {
                rows.add(file + ": " + line.substring(2, line.lastIndexOf(" | ")));
            }
        }
        return rows;
    }

    private static List<String> rowsOfTheDefinitions() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(METERS)) {
            for (Path file : files.toList()) {
                for (Map<String, Object> meter : metersOf(file)) {
                    rows.add(file.getFileName() + ": " + row(meter));
                }
            }
        }
        return rows;
    }

    private static List<Map<String, Object>> metersOf(Path file) throws IOException {
        Map<String, List<Map<String, Object>>> content =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        return content.getOrDefault("metric", List.of());
    }

    private static String row(Map<String, Object> meter) {
        Object types = meter.get("event_type");
        List<?> patterns = types instanceof List<?> list ? list : List.of(String.valueOf(types));
        String unit = String.valueOf(meter.get("unit"));
        return String.join(
                " | ",
                code(meter.get("name")),
                String.valueOf(meter.get("type")),
                unit.startsWith("payload") ? code(unit) : unit,
                patterns.stream().map(MetersPageTest::code).collect(Collectors.joining(", ")),
                code(meter.get("resource_id")));
    }

    private static String code(@Nullable Object value) {
        return "`" + String.valueOf(value).replace("|", "\\|") + "`";
    }
}
