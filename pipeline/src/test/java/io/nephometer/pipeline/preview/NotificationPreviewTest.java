// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.DefinitionText;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.json.Json;
import io.nephometer.testkit.Recordings;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationPreviewTest {
    private static final String EVENTS = """
            - event_type: a.*
              traits:
                missing: payload.nope
                nothing: payload.n
                due: {fields: payload.due, type: datetime}
                age: {fields: [payload.due], plugin: timedelta}
                memory: {fields: payload.memory, type: int}
            """;
    private static final String METERS = """
            metric:
              - {name: m.volume, type: gauge, unit: B, volume: payload.n, event_type: a, resource_id: payload.id}
              - {name: m.text, type: gauge, unit: B, volume: payload.due, event_type: a, resource_id: payload.id}
              - {name: "payload.list[*].n", type: gauge, unit: B, volume: "payload.list[*].v", event_type: a,
                 resource_id: payload.id, lookup: [name, volume]}
            """;

    static Stream<String> recordings() {
        return Recordings.names().stream();
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void previewsOfARecording_areItsGoldenLines(String name) throws Exception {
        NotificationPreview preview = new NotificationPreview(Definitions.shipped(DefinitionOptions.DEFAULTS));
        try (Stream<String> golden = Recordings.golden(name);
                Stream<String> lines = Recordings.notifications(name)) {
            Iterator<String> expected = golden.iterator();
            for (String line : (Iterable<String>) lines::iterator) {
                String body = String.valueOf(map(Json.parse(line)).get("body"));
                Map<String, @Nullable Object> ours =
                        new LinkedHashMap<>(preview.of(map(Json.parse(body))).toMap());
                ours.remove("problems");
                assertThat(Json.parse(Json.write(ours))).isEqualTo(Json.parse(expected.next()));
            }
            assertThat(expected).isExhausted();
        }
    }

    @Test
    void problems_sayWhyTraitsAndSamplesAreMissing() throws Exception {
        Preview preview = preview("{\"n\": null, \"due\": \"\", \"memory\": 5, \"list\": [{\"n\": \"x\"}]}", "INFO");

        assertThat(preview.event()).isNotNull();
        assertThat(preview.remarks())
                .contains(
                        "trait missing: payload.nope has no match",
                        "trait nothing: payload.n is null",
                        "trait due: is an empty text",
                        "trait age: the plugin timedelta made nothing of [\"\"]",
                        "meter m.volume has no volume",
                        "meter m.text has a volume that is no number: \"\"",
                        "meter payload.list[*].n has not one value for each name: 0 of volume for 1 names");
        assertThat(preview.dropped()).containsExactlyInAnyOrder("m.volume", "m.text");
        assertThat(preview.eventFailure()).isNull();
        assertThat(preview.sampleFailure()).isNull();
    }

    @Test
    void aValueThatIsNotOfItsType_isAFailureOfTheEventAlone() throws Exception {
        Preview preview = preview("{\"n\": 1, \"memory\": \"much\"}", "INFO");

        assertThat(preview.event()).isNull();
        assertThat(preview.eventFailure()).isEqualTo("trait memory: expected integer, found \"much\"");
        assertThat(preview.sampleFailure()).isNull();
        assertThat(preview.samples()).hasSize(1);
    }

    @Test
    void aPriorityWithoutMeaning_isNamed() throws Exception {
        assertThat(preview("{}", "BOGUS").remarks())
                .containsExactly(
                        "event: notifications of the priority \"bogus\" give none",
                        "samples: notifications of the priority \"bogus\" give none; those of info and sample do");
    }

    @Test
    void typesWithoutDefinition_areNamed() throws Exception {
        Map<String, @Nullable Object> message = message("{}", "INFO");
        message.put("event_type", "b");

        assertThat(preview().of(message).remarks())
                .contains("event: no definition but the catch-all is for b", "samples: no meter definition is for b");
    }

    @Test
    void aBrokenEnvelope_isAFailure() throws Exception {
        Preview preview = preview().of(map(Json.parse("{\"oslo.version\": \"2.0\", \"oslo.message\": \"{\"}")));

        assertThat(preview.eventFailure()).startsWith("oslo.message: ");
        assertThat(preview.toMap().get("problems")).isEqualTo(List.of(String.valueOf(preview.eventFailure())));
    }

    private static Preview preview(String payload, String priority) throws Exception {
        return preview().of(message(payload, priority));
    }

    private static NotificationPreview preview() throws Exception {
        return new NotificationPreview(Definitions.of(
                new DefinitionText("e.yaml", EVENTS),
                List.of(new DefinitionText("m.yaml", METERS)),
                DefinitionOptions.DEFAULTS));
    }

    private static Map<String, @Nullable Object> message(String payload, String priority) throws Exception {
        return map(Json.parse("{\"message_id\": \"i\", \"event_type\": \"a.b\", \"priority\": \"" + priority
                + "\", \"timestamp\": \"2026-11-22 01:27:42\", \"payload\": " + payload + "}"));
    }

    @SuppressWarnings("unchecked") // the JSON reader makes maps with text keys only
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new AssertionError("no map: " + value);
    }
}
