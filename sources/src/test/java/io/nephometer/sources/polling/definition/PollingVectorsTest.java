// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
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
    static Stream<Arguments> vectors() throws JsonException {
        Stream.Builder<Arguments> cases = Stream.builder();
        for (String line : Vectors.pollingSources()) {
            Map<?, ?> vector = (Map<?, ?>) Json.parse(line);
            cases.add(Arguments.of(vector.get("name"), vector));
        }
        return cases.build();
    }

    @Test
    void allVectorsAreRead() throws JsonException {
        assertThat(vectors()).hasSize(39);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void isReadAsByCeilometer(String name, Map<?, ?> vector) throws PollingDefinitionException {
        String yaml = (String) vector.get("polling_yaml");
        Map<?, ?> expected = (Map<?, ?>) vector.get("expected");
        if (expected.get("error") instanceof String) {
            assertThatExceptionOfType(PollingDefinitionException.class)
                    .isThrownBy(() -> PollingDefinition.read("polling.yaml", yaml))
                    .satisfies(e -> assertThat(e.problems()).isNotEmpty());
            return;
        }

        PollingDefinition definition = PollingDefinition.read("polling.yaml", yaml);

        assertThat(matches(definition.sources(), names(vector))).isEqualTo(expected);
        assertThat(tasks(definition, names(vector))).isEqualTo(vector.get("tasks"));
        assertThat(targets(definition)).isEqualTo(vector.get("targets"));
    }

    private static List<String> names(Map<?, ?> vector) {
        return ((List<?>) vector.get("meter_names"))
                .stream().map(String.class::cast).toList();
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
