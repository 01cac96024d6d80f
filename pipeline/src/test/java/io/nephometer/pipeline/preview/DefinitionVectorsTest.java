// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.DefinitionText;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.testkit.Vectors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Definitions mean what they mean to Ceilometer. Where Ceilometer refuses or raises, another result is allowed if
 * {@code vector-differences.json} lists it; a listed case must differ, and as the list says.
 */
class DefinitionVectorsTest {
    private static final Map<String, Object> DIFFERENCES = VectorDifferences.read();

    @Test
    void allVectors_areThere() {
        assertThat(Vectors.events()).hasSize(198);
        assertThat(Vectors.meters()).hasSize(126);
    }

    @Test
    void everyListedDifference_isAVector() throws Exception {
        Set<String> names = new HashSet<>();
        for (String line : Stream.concat(Vectors.events().stream(), Vectors.meters().stream())
                .toList()) {
            names.add(text(map(Json.parse(line)).get("name")));
        }
        assertThat(names).containsAll(DIFFERENCES.keySet());
    }

    @Test
    void everyListedDifference_isExplainedToUsers() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "differences.md"));

        assertThat(DIFFERENCES.keySet()).allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
    }

    @TestFactory
    Stream<DynamicTest> events() {
        return Vectors.events().stream().map(line -> test(line, "event_definitions"));
    }

    @TestFactory
    Stream<DynamicTest> meters() {
        return Vectors.meters().stream().map(line -> test(line, "meters"));
    }

    private static DynamicTest test(String line, String kind) {
        try {
            Map<String, @Nullable Object> vector = map(Json.parse(line));
            return DynamicTest.dynamicTest(text(vector.get("name")), () -> check(vector, kind));
        } catch (Exception e) {
            throw new IllegalStateException(line, e);
        }
    }

    private static void check(Map<String, @Nullable Object> vector, String kind) throws Exception {
        Object actual = plain(outcome(vector, kind));
        Object expected = expected(vector, kind);
        Object listed = DIFFERENCES.get(text(vector.get("name")));
        if (listed == null) {
            assertThat(actual).as(text(vector.get("about"))).isEqualTo(expected);
        } else {
            assertThat(isRefused(vector)).as("Ceilometer refuses or raises").isTrue();
            assertThat(actual).isNotEqualTo(expected).isEqualTo(listed);
        }
    }

    private static boolean isRefused(Map<String, @Nullable Object> vector) {
        return vector.containsKey("invalid")
                || list(vector.get("expected")).stream().anyMatch(one -> map(one).containsKey("errors"));
    }

    /** "refused", or one result for each notification. */
    private static Object expected(Map<String, @Nullable Object> vector, String kind) {
        return Boolean.TRUE.equals(vector.get("invalid"))
                ? "refused"
                : list(vector.get("expected")).stream()
                        .map(one -> comparable(map(one), map(one).containsKey("errors"), kind))
                        .toList();
    }

    private static Object outcome(Map<String, @Nullable Object> vector, String kind) {
        DefinitionText text = new DefinitionText("vector.yaml", text(vector.get(kind)));
        boolean events = kind.equals("event_definitions");
        try {
            Definitions definitions =
                    Definitions.of(events ? text : null, events ? List.of() : List.of(text), options(vector));
            boolean skipped = definitions.problems().stream().anyMatch(one -> one.severity() == Severity.SKIPPED);
            assertThat(skipped)
                    .as("a definition is skipped")
                    .isEqualTo("definition-skipped".equals(vector.get("invalid")));
            NotificationPreview preview = new NotificationPreview(definitions);
            return list(vector.get("notifications")).stream()
                    .map(one -> result(preview.of(map(one)), kind))
                    .toList();
        } catch (DefinitionsException e) {
            assertThat(e.problems())
                    .anySatisfy(problem -> assertThat(problem.line()).isPositive());
            assertThat(e.problems()).extracting(DefinitionProblem::file).containsOnly("vector.yaml");
            return "refused";
        }
    }

    private static DefinitionOptions options(Map<String, @Nullable Object> vector) {
        Map<String, @Nullable Object> conf = vector.get("conf") == null ? Map.of() : map(vector.get("conf"));
        DefinitionOptions defaults = DefinitionOptions.DEFAULTS;
        List<?> raw = conf.get("store_raw") == null ? List.of() : list(conf.get("store_raw"));
        return new DefinitionOptions(
                Boolean.TRUE.equals(conf.get("drop_unmatched_notifications")),
                Set.copyOf(raw.stream().map(DefinitionVectorsTest::text).toList()),
                defaults.reservedMetadataNamespaces(),
                defaults.reservedMetadataKeys(),
                defaults.reservedMetadataLength());
    }

    private static Object result(Preview preview, String kind) {
        String failure = kind.equals("event_definitions") ? preview.eventFailure() : preview.sampleFailure();
        return comparable(preview.toMap(), failure != null, kind);
    }

    private static Map<String, @Nullable Object> comparable(
            Map<String, @Nullable Object> one, boolean failed, String kind) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("message_id", one.get("message_id"));
        result.put("failed", failed);
        if (kind.equals("event_definitions")) {
            result.put("event", one.get("event"));
        } else {
            result.put("samples", one.get("samples"));
            result.put("dropped", one.getOrDefault("dropped", List.of()));
        }
        return result;
    }

    private static @Nullable Object plain(Object value) throws Exception {
        return Json.parse(Json.write(value));
    }

    @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, @Nullable Object>) map : fail("no map: " + value);
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : fail("no list: " + value);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : fail("no text: " + value);
    }
}
