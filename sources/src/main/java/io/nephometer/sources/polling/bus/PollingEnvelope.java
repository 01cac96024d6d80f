// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.model.Incarnation;
import io.nephometer.model.NameUuid;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.runtime.config.Secret;
import io.nephometer.runtime.json.Json;
import io.nephometer.runtime.signature.MessageSignature;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes measurements as {@code telemetry.polling} notifications in the second version of oslo's envelope, which Ceilometer's
 * notification agent reads. The slot's particulars are one more key in the payload ({@link SlotParticulars}), which others do
 * not look at. The same measurements always give the same bytes, so that what is sent twice is seen to be the same.
 */
public final class PollingEnvelope {
    /** The {@code event_type} of such notifications. */
    public static final String EVENT_TYPE = "telemetry.polling";

    private static final String PUBLISHER = "ceilometer.polling";
    private static final String PRIORITY = "SAMPLE";
    private static final UUID NAMESPACE = UUID.fromString("6f0d2c58-59a1-5a7b-8f52-3c0c7d6fd0a9");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    /** What the rest of a message takes, generously; shortfalls are few. */
    private static final int FRAME_BYTES = 2_048;

    private final EnvelopeOptions options;

    public PollingEnvelope(EnvelopeOptions options) {
        this.options = options;
    }

    /**
     * What of the samples goes into one message.
     *
     * @param text a member of the payload, as JSON text
     * @param tree the same as a tree, if it has to be signed with the payload; null if its parts are
     * @param signatures of its parts, if they have any
     */
    private record Part(
            String text, int samples, @Nullable Map<String, @Nullable Object> tree, List<String> signatures) {}

    /** The messages of one slot, at least one: also a slot without samples is told. */
    public List<PollingMessage> write(SlotMeasurements measurements) {
        List<Part> parts = options.bare() ? bareParts(measurements) : parts(measurements);
        List<PollingMessage> messages = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            messages.add(message(measurements, parts.get(i), i + 1, parts.size()));
        }
        return messages;
    }

    private static Part bare(List<List<Sample>> instances) {
        Map<String, @Nullable Object> tree = BarePayload.of(instances);
        int samples = instances.stream().mapToInt(List::size).sum();
        return new Part("\"" + BarePayload.KEY + "\":" + Json.write(tree), samples, tree, List.of());
    }

    /** An instance is not divided. */
    private List<Part> bareParts(SlotMeasurements measurements) {
        List<Part> parts = new ArrayList<>();
        List<List<Sample>> part = new ArrayList<>();
        int size = FRAME_BYTES;
        for (List<Sample> instance : BarePayload.byInstance(measurements.samples())) {
            int added =
                    NestedText.of(Json.write(BarePayload.of(List.of(instance)))).size() + 1;
            if (!part.isEmpty() && size + added > options.maxBytes()) {
                parts.add(bare(part));
                part = new ArrayList<>();
                size = FRAME_BYTES;
            }
            part.add(instance);
            size += added;
        }
        parts.add(bare(part));
        return parts;
    }

    private List<Part> parts(SlotMeasurements measurements) {
        List<Part> parts = new ArrayList<>();
        List<MeterMessage> part = new ArrayList<>();
        MetadataTexts metadata = new MetadataTexts();
        int size = FRAME_BYTES;
        for (Sample sample : measurements.samples()) {
            MeterMessage message = MeterMessage.of(
                    sample,
                    metadata.of(sample.metadata()),
                    options.sampleSource(),
                    measurements.measured(),
                    options.secret());
            int added = message.nestedSize() + 1;
            if (!part.isEmpty() && (part.size() == options.maxSamples() || size + added > options.maxBytes())) {
                parts.add(full(part));
                part = new ArrayList<>();
                size = FRAME_BYTES;
            }
            part.add(message);
            size += added;
        }
        parts.add(full(part));
        return parts;
    }

    /** Samples are JSON already: written once, to know their size. */
    private static Part full(List<MeterMessage> samples) {
        String text = samples.stream().map(MeterMessage::text).collect(Collectors.joining(",", "\"samples\":[", "]"));
        List<String> signatures = samples.stream()
                .map(MeterMessage::signature)
                .filter(Objects::nonNull)
                .toList();
        return new Part(text, samples.size(), null, signatures);
    }

    private PollingMessage message(SlotMeasurements measurements, Part content, int part, int parts) {
        String id = id(measurements, part, parts);
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("message_id", id);
        head.put("publisher_id", PUBLISHER);
        head.put("event_type", EVENT_TYPE);
        head.put("priority", PRIORITY);
        head.put("timestamp", TIME.format(time(measurements)));
        head.put("_unique_id", id.replace("-", ""));
        String payload = payload(content, SlotParticulars.of(measurements, part, parts, content.signatures(), options));
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("oslo.version", "2.0");
        envelope.put("oslo.message", withPayload(Json.write(head), payload));
        return new PollingMessage(
                id, measurements.slot(), measurements.member(), content.samples(), Json.write(envelope));
    }

    private String payload(Part content, Map<String, @Nullable Object> slot) {
        StringBuilder payload = new StringBuilder("{").append(content.text());
        member(payload, SlotParticulars.KEY, slot);
        Secret secret = options.secret();
        if (secret != null && content.tree() != null) {
            Map<String, @Nullable Object> signed = new LinkedHashMap<>();
            signed.put(BarePayload.KEY, content.tree());
            signed.put(SlotParticulars.KEY, slot);
            member(
                    payload,
                    MessageSignature.FIELD,
                    MessageSignature.with(secret.reveal()).of(signed));
        }
        return payload.append('}').toString();
    }

    private static void member(StringBuilder object, String name, Object value) {
        object.append(",\"").append(name).append("\":").append(Json.write(value));
    }

    private static String withPayload(String head, String payload) {
        return head.substring(0, head.length() - 1) + ",\"payload\":" + payload + "}";
    }

    /**
     * The moment of measuring is part of the name: who measures a slot again, after a restart, sends other bytes, and the same
     * id with other bytes would be a conflict; so is the run, which tells of a missing slot in bytes of its own. The samples in it keep their ids and are refused one by one.
     */
    private String id(SlotMeasurements measurements, int part, int parts) {
        Slot slot = measurements.slot();
        Incarnation run = measurements.tenure() == null ? options.incarnation() : null;
        String name = slot.source() + "/" + slot.interval().toSeconds() + "/"
                + slot.start().getEpochSecond() + "/"
                + measurements.member() + "/" + time(measurements) + "/" + part + "/" + parts
                + (measurements.tenure() == null
                        ? ""
                        : "/" + measurements.tenure().owner() + "/"
                                + measurements.tenure().epoch())
                + (measurements.isMissing() ? "/" + measurements.shortfalls() : "")
                + (run == null ? "" : "/" + run.id());
        return NameUuid.of(NAMESPACE, name).toString();
    }

    private static Instant time(SlotMeasurements measurements) {
        MeasuringTime measured = measurements.measured();
        return measured == null ? measurements.slot().end() : measured.at();
    }
}
