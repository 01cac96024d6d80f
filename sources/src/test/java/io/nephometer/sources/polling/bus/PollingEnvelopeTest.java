// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.model.Incarnation;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.Tenure;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.signature.MessageSignature;
import io.nephometer.runtime.signature.SignatureDigest;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.MetadataState;
import io.nephometer.sources.polling.SlotMeasurements;
import io.nephometer.sources.polling.Tree;
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

    private static Tree inner(PollingMessage message) {
        Tree outer = Tree.parse(message.body());
        assertThat(outer.at("oslo.version").text()).isEqualTo("2.0");
        return Tree.parse(outer.at("oslo.message").text());
    }

    private static List<PollingMessage> write(EnvelopeOptions options, SlotMeasurements measurements) {
        return new PollingEnvelope(options).write(measurements);
    }

    private static List<Tree> samples(Tree notification) {
        return notification.at("payload", "samples").items();
    }

    @Test
    void whatIsMeasuredUnderATenure_saysSo_andIsAnotherMessageThanUnderTheNext() {
        SlotMeasurements first = measurements(1).under(new Tenure("ctl1", 7));
        PollingMessage message = write(EnvelopeOptions.defaults(), first).getFirst();
        Tree slot = inner(message).at("payload", "slot");

        assertThat(slot.at("owner").text()).isEqualTo("ctl1");
        assertThat(slot.at("epoch").value()).isEqualTo(7L);
        assertThat(message.id())
                .isNotEqualTo(write(EnvelopeOptions.defaults(), first.under(new Tenure("ctl1", 8)))
                        .getFirst()
                        .id());
    }

    @Test
    void hasTheKeysOfCeilometersOwn() {
        Tree recorded = Vectors.signatures().stream()
                .map(Tree::parse)
                .filter(vector -> vector.at("name").text().equals("wire-three-samples"))
                .map(vector -> vector.at("decoded").items().getFirst())
                .findFirst()
                .orElseThrow();
        Tree ours = inner(write(EnvelopeOptions.defaults().withSecret(new Secret("s")), measurements(1))
                .getFirst());

        assertThat(ours.map().keySet()).isEqualTo(recorded.map().keySet());
        assertThat(samples(ours).getFirst().map().keySet())
                .isEqualTo(samples(recorded).getFirst().map().keySet());
        for (String key : List.of("publisher_id", "event_type", "priority")) {
            assertThat(ours.at(key)).isEqualTo(recorded.at(key));
        }
    }

    @Test
    void tellsTheSlotBesideTheSamples() {
        Tree notification =
                inner(write(EnvelopeOptions.defaults(), measurements(1)).getFirst());

        assertThat(notification.at("timestamp").text()).isEqualTo("2026-11-22 10:00:42.125000");
        assertThat(notification.at("payload", "slot").json()).isEqualTo("""
                {"source":"all","interval":300,"start":"2026-11-22T10:00:00Z","host":"cmp1","part":1,"parts":1,\
                "measured":"2026-11-22T10:00:42.125Z",\
                "metadata":{"origin":"api","as_of":"2026-11-22T10:00:30Z","age":12.125},\
                "shortfalls":[{"reason":"no_counters","count":1,"detail":"a domain"}]}""");
    }

    @Test
    void tellsWhichRunOfTheMemberMeasured_andAllItMeasures_underTheSignature() {
        Set<Incarnation.Polled> polls =
                Set.of(Incarnation.Polled.of(SLOT), new Incarnation.Polled("all", Duration.ofSeconds(60)));
        Secret secret = new Secret("s");
        EnvelopeOptions options = EnvelopeOptions.defaults()
                .by(new Incarnation("run-1", Instant.parse("2026-11-20T08:00:00Z"), polls))
                .withSecret(secret);
        Tree slot = inner(write(options, measurements(1)).getFirst()).at("payload", "slot");

        assertThat(slot.at("agent").json()).isEqualTo("""
                {"version":1,"incarnation":"run-1","began":"2026-11-20T08:00:00Z",\
                "polls":[{"source":"all","interval":60},{"source":"all","interval":300}]}""");
        MessageSignature signature = MessageSignature.with(secret.reveal());
        assertThat(signature.isRightFor(slot.map())).isTrue();
        Map<String, Object> forged = new TreeMap<>();
        slot.map().forEach((key, value) -> forged.put(String.valueOf(key), value));
        forged.put(
                "agent",
                Tree.parse(slot.at("agent").json().replace("run-1", "run-2")).map());
        assertThat(signature.isRightFor(forged)).isFalse();
    }

    @Test
    void twoRunsTellOfOneMissingSlotInTwoMessages_andSharersOfWorkSayNothingOfRuns() {
        SlotMeasurements missing = SlotMeasurements.missing(SLOT, "cmp1", new Shortfall("overrun", 0, "why"));
        EnvelopeOptions first = EnvelopeOptions.defaults().by(new Incarnation("run-1", SLOT.start(), Set.of()));
        EnvelopeOptions second = EnvelopeOptions.defaults().by(new Incarnation("run-2", SLOT.start(), Set.of()));

        assertThat(write(first, missing).getFirst().id())
                .isNotEqualTo(write(second, missing).getFirst().id());
        SlotMeasurements shared = measurements(1).under(new Tenure("ctl1", 7));
        assertThat(write(first, shared)).isEqualTo(write(EnvelopeOptions.defaults(), shared));
    }

    @Test
    void writesASampleAsCeilometerDoes() {
        Tree sample = samples(
                        inner(write(EnvelopeOptions.defaults(), measurements(1)).getFirst()))
                .getFirst();

        assertThat(sample.json())
                .isEqualTo("""
                {"source":"openstack","counter_name":"cpu","counter_type":"cumulative","counter_unit":"ns",\
                "counter_volume":0,"user_id":"u1","project_id":"p1","resource_id":"instance-0",\
                "timestamp":"2026-11-22T10:00:00","resource_metadata":{"display_name":"vm \\"é\\""},\
                "message_id":"%s","monotonic_time":1.5}""".formatted(SLOT.sampleId(METER, "instance-0").text()));
    }

    @Test
    void signsEachSampleByOption() {
        Secret secret = new Secret("not-so-secret");
        Tree notification = inner(write(EnvelopeOptions.defaults().withSecret(secret), measurements(2))
                .getFirst());

        assertThat(samples(notification)).hasSize(2).allSatisfy(sample -> assertThat(
                        MessageSignature.with(secret.reveal()).isRightFor(sample.map()))
                .isTrue());
        Tree slot = notification.at("payload", "slot");
        assertThat(MessageSignature.with(secret.reveal()).isRightFor(slot.map()))
                .isTrue();
        List<String> signatures = samples(notification).stream()
                .map(sample -> sample.at(MessageSignature.FIELD).text())
                .toList();
        assertThat(slot.at(SignatureDigest.FIELD).text()).isEqualTo(SignatureDigest.of(signatures));
    }

    @Test
    void splitsByCount() {
        List<PollingMessage> parts = write(EnvelopeOptions.defaults().withMaxSamples(4), measurements(10));

        assertThat(parts).extracting(PollingMessage::samples).containsExactly(4, 4, 2);
        Map<String, Integer> shortfalls = new TreeMap<>();
        for (PollingMessage part : parts) {
            Tree slot = inner(part).at("payload", "slot");
            String place = slot.at("part").json() + "/" + slot.at("parts").json();
            shortfalls.put(place, slot.at("shortfalls").items().size());
        }
        assertThat(shortfalls).isEqualTo(Map.of("1/3", 0, "2/3", 0, "3/3", 1));
    }

    @Test
    void splitsByBytesAndLosesNone() {
        List<PollingMessage> parts = write(EnvelopeOptions.defaults().withMaxBytes(8 << 10), measurements(100));

        assertThat(parts).hasSizeGreaterThan(5).allSatisfy(part -> assertThat(
                        part.body().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(8 << 10));
        List<String> resources = new ArrayList<>();
        for (PollingMessage part : parts) {
            samples(inner(part))
                    .forEach(sample -> resources.add(sample.at("resource_id").text()));
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
    void aMissingSlotIsAMessageWithoutSamples() {
        Shortfall why = new Shortfall("overrun", 0, "the cycle before it took too long");
        List<PollingMessage> parts = write(EnvelopeOptions.defaults(), SlotMeasurements.missing(SLOT, "cmp1", why));
        Tree payload = inner(parts.getFirst()).at("payload");

        assertThat(parts).hasSize(1);
        assertThat(payload.at("samples").items()).isEmpty();
        assertThat(payload.at("slot", "measured").value()).isNull();
        assertThat(payload.at("slot", "shortfalls").json()).contains("overrun");
    }
}
