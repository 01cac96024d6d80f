// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.sources.polling.Tree;
import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import io.nephometer.testkit.Vectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every vector gives the samples, the requests and the refusals that Ceilometer gives, but for those of {@code vector-differences.json}, which
 * says what they give here.
 */
class DynamicVectorsTest {
    private static final String ENDPOINT = "http://api.test:8000";
    private static final Tree DIFFERENCES = Tree.parse(resource("vector-differences.json"));

    static Stream<Arguments> vectors() {
        return Vectors.dynamicPollsters().stream()
                .map(line -> Tree.parse(line.replace("http://ENDPOINT", ENDPOINT)))
                .map(vector -> Arguments.of(vector.at("name").text(), vector));
    }

    @Test
    void allVectorsAreReadAndAllDifferencesAreOfOne() {
        Set<Object> names = vectors().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());

        assertThat(names).hasSize(103);
        assertThat(names.containsAll(DIFFERENCES.map().keySet())).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void givesWhatItGivesInCeilometer(String name, Tree vector) throws Exception {
        Tree different = DIFFERENCES.has(name) ? DIFFERENCES.at(name) : new Tree(Map.of());
        Tree expected = vector.at("expected");
        DefinitionOptions options = new DefinitionOptions(
                true, Set.of(DefinitionOptions.BASIC, DefinitionOptions.NONE, "fakeauth.HeaderAuth"));
        DynamicDefinitions definitions = DynamicDefinitions.read(
                "pollsters.yaml", vector.at("definition").text(), options);
        CannedFetch fetch = fetch(vector);
        List<Map<String, @Nullable Object>> samples = new ArrayList<>();
        boolean failed = poll(definitions, vector, fetch, samples);
        boolean refused = definitions.problems().stream()
                .anyMatch(problem -> problem.severity() != DefinitionProblem.Severity.WARNING);

        Tree wanted = different.has("samples") ? different : expected;
        assertThat(samples).isEqualTo(wanted.at("samples").value());
        assertThat(requests(fetch))
                .isEqualTo((different.has("requests") ? different : vector)
                        .at("requests")
                        .value());
        String stage = different.has("stage")
                ? different.at("stage").text()
                : expected.has("stage") ? expected.at("stage").text() : "none";
        assertThat(refused).as("refused when it is read").isEqualTo(stage.equals("start") || stage.equals("load"));
        assertThat(failed).as("something is missing").isEqualTo(stage.equals("poll"));
    }

    private static boolean poll(
            DynamicDefinitions definitions, Tree vector, CannedFetch fetch, List<Map<String, @Nullable Object>> samples)
            throws InterruptedException {
        DynamicPolling polling = new DynamicPolling(
                fetch,
                new ShellRunner(),
                Map.of("fakeauth.HeaderAuth", parameters -> Map.of("X-Fake-Auth", String.join("|", parameters))),
                () -> 0);
        Set<String> namespaces =
                vector.at("agent_namespaces").items().stream().map(Tree::text).collect(Collectors.toSet());
        boolean failed = false;
        for (DynamicPollsterDefinition definition : definitions.of(namespaces)) {
            DynamicResult result = polling.poll(definition);
            failed |= !result.shortfalls().isEmpty();
            result.readings().forEach(reading -> samples.add(sample(reading)));
        }
        return failed;
    }

    private static Map<String, @Nullable Object> sample(Reading reading) {
        Map<String, @Nullable Object> sample = new LinkedHashMap<>();
        sample.put("name", reading.name());
        sample.put("type", reading.type().wireName());
        sample.put("unit", reading.unit());
        sample.put("volume", reading.volume());
        sample.put("user_id", reading.userId());
        sample.put("project_id", reading.projectId());
        sample.put("resource_id", reading.resourceId());
        sample.put("metadata", reading.metadata());
        return sample;
    }

    private static CannedFetch fetch(Tree vector) {
        CannedFetch fetch = new CannedFetch();
        vector.at("endpoints").map().forEach((type, urls) -> new Tree(urls)
                .items()
                .forEach(url -> fetch.endpoint(String.valueOf(type), url.text())));
        for (Tree answer : vector.at("responses").items()) {
            Object location = answer.at("headers").map().get("Location");
            fetch.answer(
                    answer.at("path").text(),
                    new DynamicFetch.Answer(
                            ((Long) Objects.requireNonNull(answer.at("status").value())).intValue(),
                            location == null ? null : location.toString(),
                            answer.at("body").text().getBytes(StandardCharsets.UTF_8)));
        }
        return fetch;
    }

    private static List<Map<String, Object>> requests(CannedFetch fetch) {
        return fetch.asked().stream()
                .map(question ->
                        Map.<String, Object>of("path", CannedFetch.path(question.uri()), "headers", question.headers()))
                .toList();
    }

    private static String resource(String name) {
        try (InputStream stream = DynamicVectorsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
