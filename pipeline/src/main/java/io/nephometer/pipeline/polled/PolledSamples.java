// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.polled;

import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Pending;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.pipeline.decode.IsoTime;
import io.nephometer.pipeline.meters.Dropped;
import io.nephometer.pipeline.meters.SampleTyping;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.runtime.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The samples in the payload of a {@code telemetry.polling} notification: {@code {"samples": [meter message, …]}}, each with
 * an id of its own, so that a sample which travels twice is counted once, whatever envelope it is in. Where our own members say
 * of which slot the samples are, each must be of that slot: its time within it, and its id that of the slot, meter and resource.
 *
 * @param samples in the order of the payload
 * @param part what the payload says of the slot; null if it comes from another program
 * @param dropped samples without a usable volume
 * @param pending samples of bare messages, which have no metadata
 */
public record PolledSamples(
        List<Sample> samples, @Nullable SlotPart part, List<Dropped> dropped, List<Pending> pending) {
    public static final String EVENT_TYPE = "telemetry.polling";

    public PolledSamples {
        samples = List.copyOf(samples);
        dropped = List.copyOf(dropped);
        pending = List.copyOf(pending);
    }

    /** Reads a payload whose samples need not be signed. */
    public static PolledSamples read(@Nullable Object payload) throws BadPolledSampleException {
        return read(payload, SampleSignatures.NOT_ASKED_FOR);
    }

    /** Reads the payload; all of it is good, or none is taken. */
    public static PolledSamples read(@Nullable Object payload, SampleSignatures signatures)
            throws BadPolledSampleException {
        if (payload instanceof Map<?, ?> map && map.containsKey(BareSamples.KEY)) {
            signatures.check(0, map);
            SlotPart part = SlotParticulars.read(map.get(SlotParticulars.KEY));
            return new PolledSamples(
                    List.of(), part, List.of(), BareSamples.read(map.get(BareSamples.KEY), part.slot()));
        }
        if (!(payload instanceof Map<?, ?> map) || !(map.get("samples") instanceof List<?> entries)) {
            throw new BadPolledSampleException("payload has no list of samples: " + shown(payload));
        }
        SlotPart part =
                map.containsKey(SlotParticulars.KEY) ? SlotParticulars.read(map.get(SlotParticulars.KEY)) : null;
        if (map.get(SlotParticulars.KEY) instanceof Map<?, ?> slot) {
            signatures.check(SampleSignatures.SLOT, slot);
        }
        List<Sample> samples = new ArrayList<>(entries.size());
        List<Dropped> dropped = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = Entry.of(i, entries.get(i), part == null ? null : part.slot());
            signatures.check(i, entry.map());
            Object volume = entry.value("counter_volume");
            Optional<Number> number = volume == null ? Optional.empty() : SampleTyping.number(volume);
            if (number.isPresent()) {
                samples.add(entry.sample(number.get()));
            } else {
                Dropped.Reason reason = volume == null ? Dropped.Reason.NO_VOLUME : Dropped.Reason.NOT_FINITE;
                dropped.add(new Dropped(entry.text("counter_name"), reason, volume));
            }
        }
        if (map.get(SlotParticulars.KEY) instanceof Map<?, ?> slot) {
            signatures.checkTogether(slot, entries);
        }
        return new PolledSamples(samples, part, dropped, List.of());
    }

    static String shown(@Nullable Object value) {
        String json = Json.write(value);
        return json.length() <= 80 ? json : json.substring(0, 77) + "...";
    }

    /** One meter message. */
    private record Entry(int index, Map<?, ?> map, @Nullable Slot slot) {
        static Entry of(int index, @Nullable Object value, @Nullable Slot slot) throws BadPolledSampleException {
            if (value instanceof Map<?, ?> map) {
                return new Entry(index, map, slot);
            }
            throw new BadPolledSampleException("samples[" + index + "] is not a map but " + shown(value));
        }

        Sample sample(Number volume) throws BadPolledSampleException {
            Meter meter = new Meter(text("counter_name"), type(), text("counter_unit"));
            String resource = optionalText("resource_id");
            Instant time = time();
            return new Sample(
                    origin(meter, resource, time),
                    meter,
                    volume,
                    resource,
                    optionalText("project_id"),
                    optionalText("user_id"),
                    time,
                    metadata());
        }

        private Sample.Origin origin(Meter meter, @Nullable String resource, Instant time)
                throws BadPolledSampleException {
            MessageId id = id();
            if (slot == null) {
                return new Sample.Origin.Polled(id);
            }
            if (!slot.contains(time)) {
                throw wrong(
                        "timestamp",
                        "within its slot of " + DurationText.print(slot.interval()) + " from " + slot.start(),
                        time.toString());
            }
            if (resource == null) {
                throw wrong("resource_id", "a text, as all samples of slots have", null);
            }
            if (!slot.sampleId(meter, resource).equals(id)) {
                throw wrong("message_id", "that of its slot, meter and resource", id.text());
            }
            return new Sample.Origin.Slotted(slot);
        }

        private MessageId id() throws BadPolledSampleException {
            String id = text("message_id");
            if (id.isBlank()) {
                throw wrong("message_id", "a text", id);
            }
            return new MessageId(id);
        }

        private MeterType type() throws BadPolledSampleException {
            String name = text("counter_type");
            return MeterType.ofWireName(name)
                    .orElseThrow(() -> wrong("counter_type", "gauge, delta or cumulative", name));
        }

        private Instant time() throws BadPolledSampleException {
            String text = text("timestamp");
            try {
                return IsoTime.parse(text).instant();
            } catch (DateTimeException e) {
                throw wrong("timestamp", "a time", text);
            }
        }

        private Map<String, @Nullable Object> metadata() throws BadPolledSampleException {
            Object value = value("resource_metadata");
            Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
            if (value instanceof Map<?, ?> content) {
                content.forEach((key, element) -> metadata.put(String.valueOf(key), element));
            } else if (value != null) {
                throw wrong("resource_metadata", "a map", value);
            }
            return metadata;
        }

        String text(String key) throws BadPolledSampleException {
            if (value(key) instanceof String text) {
                return text;
            }
            throw wrong(key, "a text", value(key));
        }

        private @Nullable String optionalText(String key) throws BadPolledSampleException {
            return value(key) == null ? null : text(key);
        }

        @Nullable Object value(String key) throws BadPolledSampleException {
            if (!map.containsKey(key)) {
                throw new BadPolledSampleException("samples[" + index + "] has no " + key);
            }
            return map.get(key);
        }

        private BadPolledSampleException wrong(String key, String expected, @Nullable Object found) {
            return new BadPolledSampleException(
                    "samples[" + index + "]." + key + " is not " + expected + " but " + shown(found));
        }
    }
}
