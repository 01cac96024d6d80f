// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.polled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.pipeline.meters.Dropped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolledSamplesTest {
    @Test
    void aMeterMessage_becomesASampleWithItsOwnId() throws BadPolledSampleException {
        PolledSamples polled = PolledSamples.read(payload(meterMessage()));

        assertThat(polled.dropped()).isEmpty();
        assertThat(polled.samples())
                .containsExactly(new Sample(
                        new Sample.Origin.Polled(new MessageId("5c1f0a2e-0000-4000-8000-000000000001")),
                        new Meter("cpu", MeterType.CUMULATIVE, "ns"),
                        361_000_000_000L,
                        "instance-1",
                        "project-1",
                        null,
                        Instant.parse("2026-11-22T01:27:42.449925Z"),
                        Map.of("display_name", "web")));
    }

    @Test
    void theOrderOfTheMessage_isKept() throws BadPolledSampleException {
        Map<String, @Nullable Object> second = meterMessage();
        second.put("message_id", "another");

        assertThat(PolledSamples.read(payload(meterMessage(), second)).samples())
                .extracting(sample -> sample.id())
                .containsExactly(
                        new MessageId("5c1f0a2e-0000-4000-8000-000000000001").key(), new MessageId("another").key());
    }

    @Test
    void aVolumeThatIsNoNumber_dropsThatSampleAlone_andSaysSo() throws BadPolledSampleException {
        Map<String, @Nullable Object> none = meterMessage();
        none.put("counter_volume", null);
        Map<String, @Nullable Object> notFinite = meterMessage();
        notFinite.put("counter_volume", Double.NaN);

        PolledSamples polled = PolledSamples.read(payload(none, meterMessage(), notFinite));

        assertThat(polled.samples()).hasSize(1);
        assertThat(polled.dropped())
                .containsExactly(
                        new Dropped("cpu", Dropped.Reason.NO_VOLUME, null),
                        new Dropped("cpu", Dropped.Reason.NOT_FINITE, Double.NaN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "counter_name",
                "counter_type",
                "counter_unit",
                "counter_volume",
                "user_id",
                "project_id",
                "resource_id",
                "timestamp",
                "resource_metadata",
                "message_id"
            })
    void aMissingKey_isNamedWithTheSample(String key) {
        Map<String, @Nullable Object> incomplete = meterMessage();
        incomplete.remove(key);

        assertThatThrownBy(() -> PolledSamples.read(payload(meterMessage(), incomplete)))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("samples[1]")
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({
        "counter_name, 7",
        "counter_type, counter",
        "timestamp, yesterday",
        "resource_metadata, text",
        "message_id, ' '",
        "resource_id, 7",
    })
    void aValueOfTheWrongKind_isNamedWithTheSample(String key, String value) {
        Map<String, @Nullable Object> wrong = meterMessage();
        wrong.put(key, value.equals("7") ? 7L : value);

        assertThatThrownBy(() -> PolledSamples.read(payload(wrong)))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("samples[0]." + key);
    }

    @Test
    void aPayloadWithoutAListOfMaps_isRefused() {
        assertThatThrownBy(() -> PolledSamples.read(null)).isInstanceOf(BadPolledSampleException.class);
        assertThatThrownBy(() -> PolledSamples.read(Map.of("samples", "none")))
                .isInstanceOf(BadPolledSampleException.class);
        assertThatThrownBy(() -> PolledSamples.read(Map.of("samples", List.of("text"))))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("samples[0]");
    }

    private static Map<String, Object> payload(Map<?, ?>... samples) {
        return Map.of("samples", new ArrayList<>(List.of(samples)));
    }

    private static Map<String, @Nullable Object> meterMessage() {
        Map<String, @Nullable Object> message = new LinkedHashMap<>();
        message.put("source", "openstack");
        message.put("counter_name", "cpu");
        message.put("counter_type", "cumulative");
        message.put("counter_unit", "ns");
        message.put("counter_volume", 361_000_000_000L);
        message.put("user_id", null);
        message.put("project_id", "project-1");
        message.put("resource_id", "instance-1");
        message.put("timestamp", "2026-11-22T01:27:42.449925");
        message.put("resource_metadata", Map.of("display_name", "web"));
        message.put("message_id", "5c1f0a2e-0000-4000-8000-000000000001");
        return message;
    }
}
