// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.json.JsonException;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.MetadataState;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.testkit.Vectors;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PollingEnvelopeTest {
    private static final Slot SLOT = new Slot("all", Duration.ofMinutes(5), Instant.parse("2026-11-22T10:00:00Z"));
    private static final Meter METER = new Meter("cpu", MeterType.CUMULATIVE, "ns");
    private static final MeasuringTime MEASURED =
            new MeasuringTime(Instant.parse("2026-11-22T10:00:42.125Z"), 1_500_000_000);

    static SlotMeasurements measurements(int samples) {
        List<Sample> list = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            String resource = "instance-" + i;
            list.add(new Sample(
                    new Sample.Origin.Polled(SLOT.sampleId(METER, resource)),
                    METER,
                    (long) i,
                    resource,
                    "p1",
                    "u1",
                    SLOT.start(),
                    Map.of("display_name", "vm \"é\"")));
        }
        MetadataState metadata =
                new MetadataState("api", Instant.parse("2026-11-22T10:00:30Z"), Duration.ofMillis(12_125));
        Shortfall shortfall = new Shortfall("no_counters", 1, "a domain");
        return new SlotMeasurements(SLOT, "cmp1", MEASURED, metadata, list, List.of(shortfall));
    }

    static Map<?, ?> inner(PollingMessage message) throws JsonException {
        Map<?, ?> outer = (Map<?, ?>) Json.parse(message.body());
        assertThat(outer.get("oslo.version")).isEqualTo("2.0");
        return (Map<?, ?>) Json.parse((String) outer.get("oslo.message"));
    }

    private static List<PollingMessage> write(EnvelopeOptions options, SlotMeasurements measurements) {
        return new PollingEnvelope(options).write(measurements);
    }

    private static List<?> samples(Map<?, ?> notification) {
        return (List<?>) ((Map<?, ?>) notification.get("payload")).get("samples");
    }

    @Test
    void hasTheKeysOfCeilometersOwn() throws JsonException {
        Map<?, ?> recorded = Vectors.signatures().stream()
                .map(PollingEnvelopeTest::parse)
                .filter(vector -> "wire-three-samples".equals(vector.get("name")))
                .map(vector -> (Map<?, ?>) ((List<?>) vector.get("decoded")).getFirst())
                .findFirst()
                .orElseThrow();
        Map<?, ?> ours = inner(write(EnvelopeOptions.defaults().withSecret(new Secret("s")), measurements(1))
                .getFirst());

        assertThat(ours.keySet()).isEqualTo(recorded.keySet());
        assertThat(((Map<?, ?>) samples(ours).getFirst()).keySet())
                .isEqualTo(((Map<?, ?>) samples(recorded).getFirst()).keySet());
        assertThat(ours.get("publisher_id")).isEqualTo(recorded.get("publisher_id"));
        assertThat(ours.get("event_type")).isEqualTo(recorded.get("event_type"));
        assertThat(ours.get("priority")).isEqualTo(recorded.get("priority"));
    }

    private static Map<?, ?> parse(String json) {
        try {
            return (Map<?, ?>) Json.parse(json);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tellsTheSlotBesideTheSamples() throws JsonException {
        Map<?, ?> notification =
                inner(write(EnvelopeOptions.defaults(), measurements(1)).getFirst());

        assertThat(notification.get("timestamp")).isEqualTo("2026-11-22 10:00:42.125000");
        assertThat(Json.write(((Map<?, ?>) notification.get("payload")).get("slot")))
                .isEqualTo("""
                {"source":"all","interval":300,"start":"2026-11-22T10:00:00Z","host":"cmp1","part":1,"parts":1,\
                "measured":"2026-11-22T10:00:42.125Z",\
                "metadata":{"origin":"api","as_of":"2026-11-22T10:00:30Z","age":12.125},\
                "shortfalls":[{"reason":"no_counters","count":1,"detail":"a domain"}]}""");
    }

    @Test
    void writesASampleAsCeilometerDoes() throws JsonException {
        Map<?, ?> sample = (Map<?, ?>)
                samples(inner(write(EnvelopeOptions.defaults(), measurements(1)).getFirst()))
                        .getFirst();

        assertThat(Json.write(sample))
                .isEqualTo("""
                {"source":"openstack","counter_name":"cpu","counter_type":"cumulative","counter_unit":"ns",\
                "counter_volume":0,"user_id":"u1","project_id":"p1","resource_id":"instance-0",\
                "timestamp":"2026-11-22T10:00:00","resource_metadata":{"display_name":"vm \\"é\\""},\
                "message_id":"%s","monotonic_time":1.5}""".formatted(SLOT.sampleId(METER, "instance-0").text()));
    }

    @Test
    void signsEachSampleByOption() throws JsonException {
        Secret secret = new Secret("not-so-secret");
        Map<?, ?> notification = inner(write(EnvelopeOptions.defaults().withSecret(secret), measurements(2))
                .getFirst());

        assertThat(samples(notification)).hasSize(2).allSatisfy(sample -> assertThat(
                        MessageSignature.verify((Map<?, ?>) sample, secret))
                .isTrue());
    }

    @Test
    void splitsByCount() throws JsonException {
        List<PollingMessage> parts = write(EnvelopeOptions.defaults().withMaxSamples(4), measurements(10));

        assertThat(parts).extracting(PollingMessage::samples).containsExactly(4, 4, 2);
        Map<Object, Object> shortfalls = new TreeMap<>();
        for (PollingMessage part : parts) {
            Map<?, ?> slot = (Map<?, ?>) ((Map<?, ?>) inner(part).get("payload")).get("slot");
            assertThat(slot.get("parts")).isEqualTo(3L);
            shortfalls.put(slot.get("part"), ((List<?>) slot.get("shortfalls")).size());
        }
        assertThat(shortfalls).isEqualTo(Map.of(1L, 0, 2L, 0, 3L, 1));
    }

    @Test
    void splitsByBytesAndLosesNone() throws JsonException {
        List<PollingMessage> parts = write(EnvelopeOptions.defaults().withMaxBytes(8 << 10), measurements(100));

        assertThat(parts).hasSizeGreaterThan(5).allSatisfy(part -> assertThat(
                        part.body().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(8 << 10));
        List<Object> resources = new ArrayList<>();
        for (PollingMessage part : parts) {
            samples(inner(part)).forEach(sample -> resources.add(((Map<?, ?>) sample).get("resource_id")));
        }
        assertThat(resources).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void theSameMeasurementsGiveTheSameBytesAndOthersAnotherId() {
        SlotMeasurements measurements = measurements(3);
        List<PollingMessage> first = write(EnvelopeOptions.defaults(), measurements);
        SlotMeasurements again = new SlotMeasurements(
                SLOT,
                "cmp1",
                new MeasuringTime(MEASURED.at().plusSeconds(1), MEASURED.nanos()),
                null,
                measurements.samples(),
                List.of());

        assertThat(write(EnvelopeOptions.defaults(), measurements)).isEqualTo(first);
        assertThat(Set.of(
                        first.getFirst().id(),
                        write(EnvelopeOptions.defaults(), again).getFirst().id()))
                .hasSize(2);
    }

    @Test
    void aMissingSlotIsAMessageWithoutSamples() throws JsonException {
        Shortfall why = new Shortfall("overrun", 0, "the cycle before it took too long");
        List<PollingMessage> parts = write(EnvelopeOptions.defaults(), SlotMeasurements.missing(SLOT, "cmp1", why));
        Map<?, ?> payload = (Map<?, ?>) inner(parts.getFirst()).get("payload");

        assertThat(parts).hasSize(1);
        assertThat(payload.get("samples")).isEqualTo(List.of());
        Map<?, ?> slot = (Map<?, ?>) payload.get("slot");
        assertThat(slot.containsKey("measured")).isTrue();
        assertThat(slot.get("measured")).isNull();
        assertThat(Json.write(slot.get("shortfalls"))).contains("overrun");
    }
}
