// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.polled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.model.Incarnation;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Sample;
import io.nephometer.model.Shortfall;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.Tenure;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.signature.MessageSignature;
import io.nephometer.runtime.signature.SignatureDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads of our own members, which say of which slot their samples are. */
class SlotPayloadTest {
    private static final Slot SLOT =
            new Slot("all_pollsters", Duration.ofMinutes(5), Instant.parse("2026-11-22T10:00:00Z"));
    private static final Meter CPU = new Meter("cpu", MeterType.CUMULATIVE, "ns");

    @Test
    void samplesAreThoseOfTheSlot() throws BadPolledSampleException {
        PolledSamples polled = PolledSamples.read(payload(slot(), sample()));

        assertThat(polled.part())
                .isEqualTo(new SlotPart(
                        SLOT,
                        "cmp1",
                        Instant.parse("2026-11-22T10:00:42.125Z"),
                        1,
                        2,
                        List.of(new Shortfall("not_nova", 1, "virt-manager's own"))));
        assertThat(polled.samples()).extracting(Sample::origin).containsExactly(new Sample.Origin.Slotted(SLOT));
        assertThat(polled.samples())
                .extracting(Sample::id)
                .containsExactly(SLOT.sampleId(CPU, "i-1").key());
    }

    @Test
    void whatWasMeasuredUnderATenure_saysSo() throws BadPolledSampleException {
        Map<String, @Nullable Object> slot = slot();
        slot.put("owner", "ctl1");
        slot.put("epoch", 7L);

        PolledSamples polled = PolledSamples.read(payload(slot, sample()));

        assertThat(Objects.requireNonNull(polled.part()).tenure()).isEqualTo(new Tenure("ctl1", 7));
    }

    @Test
    void whichRunOfTheMemberMeasuredIsRead_ofTheVersionThatIsKnown() throws BadPolledSampleException {
        Map<String, @Nullable Object> slot = slot();
        assertThat(Objects.requireNonNull(PolledSamples.read(payload(slot)).part())
                        .incarnation())
                .isNull();

        slot.put("agent", agent(1L));
        assertThat(Objects.requireNonNull(PolledSamples.read(payload(slot)).part())
                        .incarnation())
                .isEqualTo(new Incarnation(
                        "run-1",
                        Instant.parse("2026-11-20T08:00:00Z"),
                        Set.of(new Incarnation.Polled("all_pollsters", Duration.ofMinutes(5)))));
        slot.put("agent", agent(2L));
        assertThat(Objects.requireNonNull(PolledSamples.read(payload(slot)).part())
                        .incarnation())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "agent, text",
        "version, text",
        "incarnation, 7",
        "began, noon",
        "polls, text",
        "source, 7",
        "interval, 0"
    })
    void runsOfTheWrongKindAreNamed(String key, String value) {
        Object wrong = value.matches("[0-9]+") ? Long.valueOf(value) : value;
        Map<String, @Nullable Object> agent = agent(1L);
        Map<String, @Nullable Object> polled = new LinkedHashMap<>(Map.of("source", "s", "interval", 300L));
        (polled.containsKey(key) ? polled : agent).put(key, wrong);
        if (polled.containsValue(wrong)) {
            agent.put("polls", List.of(polled));
        }
        Map<String, @Nullable Object> slot = slot();
        slot.put("agent", key.equals("agent") ? wrong : agent);

        assertThatThrownBy(() -> PolledSamples.read(payload(slot)))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("slot." + (key.equals("version") ? "agent" : key));
    }

    private static Map<String, @Nullable Object> agent(long version) {
        Map<String, @Nullable Object> agent = new LinkedHashMap<>();
        agent.put("version", version);
        agent.put("incarnation", "run-1");
        agent.put("began", "2026-11-20T08:00:00Z");
        agent.put("polls", List.of(Map.of("source", "all_pollsters", "interval", 300L)));
        return agent;
    }

    @ParameterizedTest
    @CsvSource({"epoch, 0", "epoch, now", "owner, 7"})
    void tenuresOfTheWrongKindAreNamed(String key, String value) {
        Map<String, @Nullable Object> slot = slot();
        slot.put("owner", "ctl1");
        slot.put("epoch", 7L);
        slot.put(key, value.matches("[0-9]+") ? Long.valueOf(value) : value);

        assertThatThrownBy(() -> PolledSamples.read(payload(slot, sample())))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("slot." + key);
    }

    @Test
    void slotOfWhichNothingCouldBeMeasuredIsRead() throws BadPolledSampleException {
        Map<String, @Nullable Object> slot = slot();
        slot.put("measured", null);

        PolledSamples polled = PolledSamples.read(Map.of("samples", List.of(), "slot", slot));

        assertThat(Objects.requireNonNull(polled.part()).measured()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "source, 7",
        "source, ' '",
        "interval, text",
        "interval, 0",
        "interval, 31622401",
        "start, yesterday",
        "host, 7",
        "part, text",
        "parts, 99999999999",
        "measured, noon",
        "shortfalls, text",
    })
    void particularsOfTheWrongKindAreNamed(String key, String value) {
        Map<String, @Nullable Object> slot = slot();
        slot.put(key, value.matches("[0-9]+") ? Long.valueOf(value) : value);

        assertThatThrownBy(() -> PolledSamples.read(payload(slot, sample())))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("slot." + key);
    }

    @ParameterizedTest
    @CsvSource({
        "start, 2026-11-22T10:01:00Z, multiple",
        "part, 3, part 3 of 2",
        "part, 0, part 0 of 2",
        "parts, 5000, 4096"
    })
    void particularsThatContradictOneAnotherAreRefused(String key, String value, String reason) {
        Map<String, @Nullable Object> slot = slot();
        slot.put(key, key.equals("start") ? value : (Object) Long.valueOf(value));

        assertThatThrownBy(() -> PolledSamples.read(payload(slot, sample())))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void slotThatIsNoMapIsRefused() {
        assertThatThrownBy(() -> PolledSamples.read(Map.of("samples", List.of(), "slot", "now")))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("slot is not a map");
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp, 2026-11-22T10:05:00",
        "timestamp, 2026-11-22T09:59:59.999999",
        "message_id, 5c1f0a2e-0000-4000-8000-000000000001",
        "resource_id, i-2",
        "counter_name, cpu.delta",
    })
    void sampleThatIsNotOfTheSlotIsRefused(String key, String value) {
        Map<String, @Nullable Object> sample = sample();
        sample.put(key, value);

        assertThatThrownBy(() -> PolledSamples.read(payload(slot(), sample)))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("samples[0]");
    }

    @Test
    void sampleOfASlotNeedsAResource() {
        Map<String, @Nullable Object> sample = sample();
        sample.put("resource_id", null);

        assertThatThrownBy(() -> PolledSamples.read(payload(slot(), sample)))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("resource_id");
    }

    @Test
    void signatureIsAskedForOnceThereIsASecret() {
        SampleSignatures signatures = SampleSignatures.required(new Secret("ours"));
        Map<String, @Nullable Object> signed = sample();
        signed.put(MessageSignature.FIELD, MessageSignature.with("ours").of(sample()));
        Map<String, @Nullable Object> foreign = sample();
        foreign.put(MessageSignature.FIELD, MessageSignature.with("theirs").of(sample()));

        assertThatCode(() -> PolledSamples.read(payload(signedSlot(signed), signed), signatures))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PolledSamples.read(payload(signedSlot(), signed, foreign), signatures))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("samples[1] has a message_signature that is not ours");
        assertThatThrownBy(() -> PolledSamples.read(payload(signedSlot(), sample()), signatures))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("samples[0] has no message_signature");
    }

    /** A message without samples would else say of any host what it likes. */
    @Test
    void particularsOfASlotThatAreNotSignedAreRefused() {
        SampleSignatures signatures = SampleSignatures.required(new Secret("ours"));
        assertThatCode(() -> PolledSamples.read(payload(signedSlot()), signatures))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PolledSamples.read(payload(slot()), signatures))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("slot has no message_signature");
        Map<String, @Nullable Object> forged = signedSlot();
        forged.put("host", "cmp9");
        assertThatThrownBy(() -> PolledSamples.read(payload(forged), signatures))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("slot has a message_signature that is not ours");
    }

    /** Somebody who listens could else send a slot again with what he likes of other messages. */
    @Test
    void aSlotThatWasSignedWithOtherSamplesIsRefused() {
        SampleSignatures signatures = SampleSignatures.required(new Secret("ours"));
        Map<String, @Nullable Object> first = signed(sample());
        Map<String, @Nullable Object> other = sample();
        other.put("counter_volume", 7L);
        Map<String, @Nullable Object> second = signed(other);
        Map<String, @Nullable Object> slot = signedSlot(first);

        assertThatCode(() -> PolledSamples.read(payload(slot, first), signatures))
                .doesNotThrowAnyException();
        for (Map<?, ?>[] samples :
                List.<Map<?, ?>[]>of(new Map<?, ?>[] {second}, new Map<?, ?>[] {first, first}, new Map<?, ?>[] {})) {
            assertThatThrownBy(() -> PolledSamples.read(payload(slot, samples), signatures))
                    .isInstanceOf(BadPolledSampleException.class)
                    .hasMessageContaining("slot was signed with other samples than these " + samples.length);
        }
        Map<String, @Nullable Object> untied = signed(slot());
        assertThatThrownBy(() -> PolledSamples.read(payload(untied, first), signatures))
                .isInstanceOf(BadPolledSampleException.class)
                .hasMessageContaining("is absent");
    }

    private static Map<String, @Nullable Object> signed(Map<String, @Nullable Object> message) {
        Map<String, @Nullable Object> signed = new LinkedHashMap<>(message);
        signed.put(MessageSignature.FIELD, MessageSignature.with("ours").of(message));
        return signed;
    }

    private static Map<String, @Nullable Object> signedSlot(Map<?, ?>... samples) {
        Map<String, @Nullable Object> slot = slot();
        slot.put(
                SignatureDigest.FIELD,
                SignatureDigest.of(Stream.of(samples)
                        .map(sample -> String.valueOf(sample.get(MessageSignature.FIELD)))
                        .toList()));
        return signed(slot);
    }

    private static Map<String, Object> payload(Map<?, ?> slot, Map<?, ?>... samples) {
        return Map.of("samples", List.of(samples), "slot", slot);
    }

    private static Map<String, @Nullable Object> slot() {
        Map<String, @Nullable Object> slot = new LinkedHashMap<>();
        slot.put("source", "all_pollsters");
        slot.put("interval", 300L);
        slot.put("start", "2026-11-22T10:00:00Z");
        slot.put("host", "cmp1");
        slot.put("part", 1L);
        slot.put("parts", 2L);
        slot.put("measured", "2026-11-22T10:00:42.125Z");
        slot.put("metadata", Map.of("origin", "api"));
        slot.put("shortfalls", List.of(Map.of("reason", "not_nova", "count", 1L, "detail", "virt-manager's own")));
        return slot;
    }

    private static Map<String, @Nullable Object> sample() {
        Map<String, @Nullable Object> sample = new LinkedHashMap<>();
        sample.put("source", "openstack");
        sample.put("counter_name", "cpu");
        sample.put("counter_type", "cumulative");
        sample.put("counter_unit", "ns");
        sample.put("counter_volume", 361_000_000_000L);
        sample.put("user_id", null);
        sample.put("project_id", "p-1");
        sample.put("resource_id", "i-1");
        sample.put("timestamp", "2026-11-22T10:00:00");
        sample.put("resource_metadata", Map.of("display_name", "web"));
        sample.put("message_id", SLOT.sampleId(CPU, "i-1").text());
        return sample;
    }
}
