// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Bytes;
import io.nephometer.model.Existence;
import io.nephometer.model.Failure;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Trait;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.DefinitionText;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.runtime.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationProcessorTest {
    private static final String EVENTS = """
            - event_type: thing.*
              traits:
                count: {fields: payload.count, type: int}
            """;
    private static final String METERS = """
            metric:
              - name: size
                event_type: thing.*
                type: gauge
                unit: B
                volume: $.payload.size
                resource_id: $.payload.id
              - name: when
                event_type: thing.timed
                type: gauge
                unit: B
                volume: 1
                resource_id: $.payload.id
                timestamp: $.payload.when
            """;

    @Test
    void info_givesAnEventAndSamples() throws DefinitionsException {
        Processed processed = processor(false).process(message("info", "thing.made", Map.of("id", "r", "size", 5L)));

        assertThat(processed).isInstanceOfSatisfying(Processed.Converted.class, converted -> {
            assertThat(converted.event().type()).isEqualTo("thing.made");
            assertThat(converted.samples()).singleElement().satisfies(sample -> {
                assertThat(sample.volume()).isEqualTo(5L);
                assertThat(sample.resourceId()).isEqualTo("r");
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "warn", "audit", "debug", "critical"})
    void otherPriorities_giveAnEventAlone(String priority) throws DefinitionsException {
        Processed processed = processor(false).process(message(priority, "thing.made", Map.of("id", "r", "size", 5L)));

        assertThat(processed)
                .isInstanceOfSatisfying(Processed.Converted.class, converted -> assertThat(converted.samples())
                        .isEmpty());
    }

    @Test
    void sample_givesSamplesAlone() throws DefinitionsException {
        assertThat(processor(false).process(message("sample", "thing.made", Map.of("id", "r", "size", 5L))))
                .isInstanceOfSatisfying(Processed.SamplesOnly.class, samples -> assertThat(samples.samples())
                        .hasSize(1));
    }

    @Test
    void aTraitThatCannotBeConverted_keepsTheMessageFromBeingMetered() throws DefinitionsException {
        Processed processed =
                processor(false).process(message("info", "thing.made", Map.of("id", "r", "size", 5L, "count", "many")));

        assertFailure(processed, Failure.Step.EVENT, Failure.Kind.EVENT_CONVERSION, "count");
    }

    @Test
    void aMeterThatCannotBeApplied_sendsTheMessageToRecoveryWhole() throws DefinitionsException {
        Processed processed =
                processor(false).process(message("info", "thing.timed", Map.of("id", "r", "when", "yesterday")));

        assertFailure(processed, Failure.Step.METERS, Failure.Kind.METER_CONVERSION, "when");
    }

    @Test
    void anUnknownType_hasTheDefaultTraits_orIsUnmatchedIfSuchAreDropped() throws DefinitionsException {
        RawMessage message = message("info", "other.made", Map.of());

        assertThat(processor(false).process(message)).isInstanceOf(Processed.Converted.class);
        assertThat(processor(true).process(message)).isInstanceOf(Processed.Unmatched.class);
    }

    @Test
    void telemetryPolling_givesSamplesOnly_andABadOneGoesToRecovery() throws DefinitionsException {
        assertThat(processor(false).process(message("sample", "telemetry.polling", Map.of("samples", List.of()))))
                .isInstanceOf(Processed.SamplesOnly.class);
        assertFailure(
                processor(false).process(message("sample", "telemetry.polling", Map.of("samples", List.of(Map.of())))),
                Failure.Step.METERS,
                Failure.Kind.BAD_POLLED_SAMPLE,
                "samples[0]");
    }

    @Test
    void whatCannotBeDecoded_isUnprocessable() throws DefinitionsException {
        assertFailure(
                processor(false).process(RawMessage.ofBody(Bytes.utf8("{"))),
                Failure.Step.DECODE,
                Failure.Kind.NOT_JSON,
                "body");
    }

    private static void assertFailure(Processed processed, Failure.Step step, Failure.Kind kind, String detail) {
        assertThat(processed).isInstanceOfSatisfying(Processed.Unprocessable.class, unprocessable -> {
            assertThat(unprocessable.failure().step()).isEqualTo(step);
            assertThat(unprocessable.failure().kind()).isEqualTo(kind);
            assertThat(unprocessable.failure().detail()).contains(detail);
        });
    }

    @Test
    void thatAnInstanceExistedIsKnown_withoutATraitOfIt_withoutAnEvent_andAsASample() throws DefinitionsException {
        Map<String, String> payload = Map.of(
                "instance_id", "i-1",
                "audit_period_beginning", "2026-11-22 00:00:00",
                "audit_period_ending", "2026-11-22 01:00:00");
        RawMessage told = message("info", "compute.instance.exists", payload);
        Existence existence = new Existence(
                "i-1", Instant.parse("2026-11-22T00:00:00Z"), Instant.parse("2026-11-22T01:00:00Z"), List.of());

        assertThat(processor(false).process(told)).isInstanceOfSatisfying(Processed.Converted.class, converted -> {
            assertThat(converted.event().traits())
                    .extracting(Trait::name)
                    .doesNotContain("instance_id", "audit_period_beginning");
            assertThat(converted.existence()).isEqualTo(existence);
        });
        assertThat(processor(true).process(told))
                .isInstanceOf(Processed.Unmatched.class)
                .returns(existence, Processed::existence);
        assertThat(processor(false).process(message("sample", "compute.instance.exists", payload)))
                .isInstanceOf(Processed.SamplesOnly.class)
                .returns(existence, Processed::existence);
    }

    private static NotificationProcessor processor(boolean dropUnmatched) throws DefinitionsException {
        DefinitionOptions options = new DefinitionOptions(dropUnmatched, Set.of(), List.of(), List.of(), 256);
        Definitions definitions = Definitions.of(
                new DefinitionText("events.yaml", EVENTS), List.of(new DefinitionText("meters.yaml", METERS)), options);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
        return new NotificationProcessor(
                new NotificationDecoder(1_000_000, TimeWindow.unlimited(clock)), () -> definitions, dropped -> {});
    }

    private static RawMessage message(String priority, String type, Map<String, ?> payload) {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("message_id", "af9690c5-6523-4da6-9e03-627bee29eb2d");
        message.put("publisher_id", "service.host");
        message.put("event_type", type);
        message.put("priority", priority.toUpperCase(Locale.ROOT));
        message.put("payload", payload);
        message.put("timestamp", "2026-11-22 01:27:42.449925");
        return RawMessage.ofBody(Bytes.utf8(Json.write(message)));
    }
}
