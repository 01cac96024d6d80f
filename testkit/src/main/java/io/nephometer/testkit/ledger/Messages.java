// SPDX-License-Identifier: Apache-2.0
package io.nephometer.testkit.ledger;

import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.Event;
import io.nephometer.model.Failure;
import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.MeterType;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.model.Trait;
import io.nephometer.model.TraitValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Messages as the pipeline hands them to a ledger, with contents that tests tell apart by number or text. */
public final class Messages {
    /** When message 0 was generated; message n follows n seconds later. */
    public static final Instant START = Instant.parse("2026-11-22T01:00:00.123456Z");

    /** The meter of most samples here. */
    public static final Meter MEMORY = new Meter("memory", MeterType.GAUGE, "MiB");

    private Messages() {}

    /** The canonical id of message {@code n}. */
    public static MessageId id(int n) {
        return new MessageId(new UUID(0x1000_4000L + n, 0x8000_0000_0000_0000L | n).toString());
    }

    public static RawMessage raw(String body) {
        return new RawMessage("nova", "notifications.info", Map.of("delivery_mode", 2L), Bytes.utf8(body));
    }

    private static BodyHash hash(RawMessage raw) {
        return BodyHash.of(raw.body().unsafeArray());
    }

    /** An event with one sample of {@link #MEMORY}; message {@code n} always says the same. */
    public static Processed.Converted converted(int n) {
        return converted(id(n), "message " + n, List.of(sample(id(n), n)));
    }

    /** An event under {@code id} with some samples; {@code body} decides whether two are the same. */
    public static Processed.Converted converted(MessageId id, String body, List<Sample> samples) {
        return converted(event(id, List.of(text("body", body))), body, samples);
    }

    public static Processed.Converted converted(Event event, String body, List<Sample> samples) {
        RawMessage raw = raw(body);
        return new Processed.Converted(raw, event.id(), hash(raw), event, samples);
    }

    public static Processed.SamplesOnly samplesOnly(MessageId id, String body, List<Sample> samples) {
        RawMessage raw = raw(body);
        return new Processed.SamplesOnly(raw, id, hash(raw), samples);
    }

    public static Processed.Unmatched unmatched(MessageId id, String body) {
        RawMessage raw = raw(body);
        return new Processed.Unmatched(raw, id, hash(raw), List.of());
    }

    /** The event of {@link #converted(int)} refused, its sample kept. */
    public static Processed.EventRefused eventRefused(int n) {
        RawMessage raw = raw("message " + n);
        return new Processed.EventRefused(
                raw, id(n), hash(raw), List.of(sample(id(n), n)), null, failure(Failure.Kind.EVENT_REJECTED));
    }

    /** Message {@code n}, of which nothing could be made. */
    public static Processed.Unprocessable unprocessable(int n) {
        RawMessage raw = raw("message " + n);
        return new Processed.Unprocessable(raw, id(n), hash(raw), failure(Failure.Kind.METER_CONVERSION));
    }

    /** Something without an id. */
    public static Processed.Unprocessable garbage(String body) {
        RawMessage raw = raw(body);
        return new Processed.Unprocessable(raw, null, hash(raw), failure(Failure.Kind.NOT_JSON));
    }

    public static Failure failure(Failure.Kind kind) {
        return new Failure(Failure.Step.STORE, kind, "said the test");
    }

    public static Event event(MessageId id, List<Trait> traits) {
        return new Event(id, "compute.instance.update", START, traits, null);
    }

    public static Trait text(String name, String value) {
        return new Trait(name, new TraitValue.Text(value));
    }

    /** {@code volume} MiB of instance {@code r-volume}, measured {@code volume} seconds after the start. */
    public static Sample sample(MessageId message, long volume) {
        return new Sample(
                new Sample.Origin.Derived(message, 0),
                MEMORY,
                volume,
                "r-" + volume,
                "p-1",
                "u-1",
                START.plusSeconds(volume),
                Map.of("flavor", Map.of("name", "m1.tiny"), "host", "compute-1"));
    }

    /** The slot of five minutes that {@link #START} is in. */
    public static final Slot SLOT = Slot.at("pollsters", Duration.ofMinutes(5), START);

    /** Part of a slot under {@code id}; its number and samples decide whether two say the same. */
    public static Processed.Measured measured(MessageId id, SlotPart part, List<Sample> samples) {
        // Not the samples' own text: the order of a map is another one in each process.
        RawMessage raw = raw(part + " "
                + samples.stream()
                        .map(sample -> sample.id() + "=" + sample.volume())
                        .toList());
        return new Processed.Measured(raw, id, hash(raw), part, samples);
    }

    /** All that {@code member} measured in {@code slot}, one second after it began. */
    public static SlotPart whole(Slot slot, String member) {
        return part(slot, member, 1, 1);
    }

    /** A part of what {@code member} measured in {@code slot}, one second after it began. */
    public static SlotPart part(Slot slot, String member, int part, int parts) {
        return new SlotPart(slot, member, slot.start().plusSeconds(1), part, parts, List.of());
    }

    /** A volume of instance {@code r-resource}, measured in {@code slot} one second after it began. */
    public static Sample slotted(Slot slot, Meter meter, int resource, long volume) {
        return new Sample(
                new Sample.Origin.Slotted(slot),
                meter,
                volume,
                "r-" + resource,
                "p-1",
                "u-1",
                slot.start().plusSeconds(1),
                Map.of("flavor", Map.of("name", "m1.tiny"), "host", "compute-1"));
    }

    /** A polled sample with an id of its own. */
    public static Sample polled(MessageId own, long volume) {
        Sample like = sample(own, volume);
        return new Sample(
                new Sample.Origin.Polled(own),
                like.meter(),
                like.volume(),
                like.resourceId(),
                like.projectId(),
                null,
                like.timestamp(),
                like.metadata());
    }
}
