// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.sources.polling.Tree;
import io.nephometer.testkit.Vectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vector: the same matches as Ceilometer's, or refused as there. There are no differences. */
class PollingVectorsTest {
    static Stream<Arguments> vectors() {
        return Vectors.pollingSources().stream()
                .map(Tree::parse)
                .map(vector -> Arguments.of(vector.at("name").text(), vector));
    }

    @Test
    void allVectorsAreRead() {
        assertThat(vectors()).hasSize(39);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isReadAsByCeilometer(String name, Tree vector) throws PollingDefinitionException {
        String yaml = vector.at("polling_yaml").text();
        if (vector.at("expected").has("error")) {
            assertThatExceptionOfType(PollingDefinitionException.class)
                    .isThrownBy(() -> PollingDefinition.read("polling.yaml", yaml))
                    .satisfies(e -> assertThat(e.problems()).isNotEmpty());
            return;
        }

        PollingDefinition definition = PollingDefinition.read("polling.yaml", yaml);
        List<String> names =
                vector.at("meter_names").items().stream().map(Tree::text).toList();

        assertThat(matches(definition.sources(), names))
                .isEqualTo(vector.at("expected").value());
        assertThat(tasks(definition, names)).isEqualTo(vector.at("tasks").value());
        assertThat(targets(definition)).isEqualTo(vector.at("targets").value());
    }

    private static Map<String, List<String>> matches(List<PollingSource> sources, List<String> names) {
        Map<String, List<String>> matches = new LinkedHashMap<>();
        for (PollingSource source : sources) {
            matches.computeIfAbsent(source.name(), _ -> new ArrayList<>())
                    .addAll(names.stream().filter(source::wants).toList());
        }
        return matches;
    }

    /** As Ceilometer's: sources that match nothing make none. */
    private static List<Map<String, Object>> tasks(PollingDefinition definition, List<String> names) {
        List<Map<String, Object>> tasks = new ArrayList<>();
        definition.byInterval().forEach((interval, sources) -> {
            Map<String, List<String>> matches = matches(sources, names);
            matches.values().removeIf(List::isEmpty);
            if (!matches.isEmpty()) {
                tasks.add(Map.of("interval", interval.toSeconds(), "sources", matches));
            }
        });
        return tasks;
    }

    private static List<Map<String, Object>> targets(PollingDefinition definition) {
        return definition.sources().stream()
                .map(source -> Map.<String, Object>of(
                        "source", source.name(), "resources", source.resources(), "discovery", source.discovery()))
                .toList();
    }
}
