// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.bus;

import io.nephometer.model.NameUuid;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.runtime.json.Json;
import io.nephometer.sources.polling.MeasuringTime;
import io.nephometer.sources.polling.SlotMeasurements;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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

    /** The messages of one slot, at least one: also a slot without samples is told. */
    public List<PollingMessage> write(SlotMeasurements measurements) {
        List<List<String>> parts = parts(measurements);
        List<PollingMessage> messages = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            messages.add(message(measurements, parts.get(i), i + 1, parts.size()));
        }
        return messages;
    }

    private List<List<String>> parts(SlotMeasurements measurements) {
        List<List<String>> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        int size = FRAME_BYTES;
        for (Sample sample : measurements.samples()) {
            String text = Json.write(
                    MeterMessage.of(sample, options.sampleSource(), measurements.measured(), options.secret()));
            int added = nestedSize(text);
            if (!part.isEmpty() && (part.size() == options.maxSamples() || size + added > options.maxBytes())) {
                parts.add(part);
                part = new ArrayList<>();
                size = FRAME_BYTES;
            }
            part.add(text);
            size += added;
        }
        parts.add(part);
        return parts;
    }

    /** About the bytes of a JSON text inside a JSON text: its quotes and backslashes are escaped once more. */
    private static int nestedSize(String text) {
        int size = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? (c == '"' || c == '\\' ? 2 : 1) : 3;
        }
        return size;
    }

    private PollingMessage message(SlotMeasurements measurements, List<String> samples, int part, int parts) {
        String id = id(measurements, part, parts);
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("message_id", id);
        head.put("publisher_id", PUBLISHER);
        head.put("event_type", EVENT_TYPE);
        head.put("priority", PRIORITY);
        head.put("timestamp", TIME.format(time(measurements)));
        head.put("_unique_id", id.replace("-", ""));
        String slot = Json.write(SlotParticulars.of(measurements, part, parts));
        String notification = withPayload(Json.write(head), samples, slot);
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("oslo.version", "2.0");
        envelope.put("oslo.message", notification);
        return new PollingMessage(id, measurements.slot(), samples.size(), Json.write(envelope));
    }

    /** Samples are JSON already: written once, to know their size. */
    private static String withPayload(String head, List<String> samples, String slot) {
        StringBuilder text = new StringBuilder(head);
        text.setLength(text.length() - 1);
        text.append(",\"payload\":{\"samples\":[");
        text.append(String.join(",", samples));
        return text.append("],\"")
                .append(SlotParticulars.KEY)
                .append("\":")
                .append(slot)
                .append("}}")
                .toString();
    }

    /**
     * The moment of measuring is part of the name: who measures a slot again, after a restart, sends other bytes, and the same
     * id with other bytes would be a conflict. The samples in it keep their ids and are refused one by one.
     */
    private static String id(SlotMeasurements measurements, int part, int parts) {
        Slot slot = measurements.slot();
        String name = slot.source() + "/" + slot.interval().toSeconds() + "/"
                + slot.start().getEpochSecond() + "/"
                + measurements.member() + "/" + time(measurements) + "/" + part + "/" + parts
                + (measurements.isMissing() ? "/" + measurements.shortfalls() : "");
        return NameUuid.of(NAMESPACE, name).toString();
    }

    private static Instant time(SlotMeasurements measurements) {
        MeasuringTime measured = measurements.measured();
        return measured == null ? measurements.slot().end() : measured.at();
    }
}
