// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.AssetVersion;
import io.nephometer.model.BodyHash;
import io.nephometer.model.Event;
import io.nephometer.model.Failure;
import io.nephometer.model.Incarnation;
import io.nephometer.model.InstanceVersion;
import io.nephometer.model.MessageId;
import io.nephometer.model.Pending;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Sample;
import io.nephometer.model.SlotPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message with everything computed that needs no database, checked to be storable.
 *
 * @param entry what it was
 * @param id null if the message has none
 * @param key of the id
 * @param event null if there is none to write
 * @param packs its samples
 * @param part null if they are not of a slot
 * @param occurrence what may be metered once; null if it is no such message
 * @param hash of its content as it came
 */
record PreparedMessage(
        Processed entry,
        @Nullable MessageId id,
        @Nullable UUID key,
        @Nullable PreparedEvent event,
        List<PreparedPack> packs,
        @Nullable PreparedPart part,
        @Nullable Occurrence occurrence,
        BodyHash hash) {

    /** An event's row but for its references. */
    @SuppressWarnings("ArrayRecordComponent") // on its way to the driver; never compared
    record PreparedEvent(String type, long generated, String traits, byte @Nullable [] raw) {}

    /**
     * A part of a slot, checked to be storable.
     *
     * @param measured microseconds since the epoch; null if nothing could be measured
     */
    record PreparedPart(SlotPart part, @Nullable Long measured) {
        static PreparedPart of(SlotPart part) throws UnstorableException {
            StorableText.name("the source of a slot", part.slot().source());
            StorableText.name("the member that measured a slot", part.member());
            StorableText.micros("the end of a slot", part.slot().end());
            Incarnation run = part.incarnation();
            if (run != null) {
                StorableText.name("the incarnation of a member", run.id());
                StorableText.micros("the start of a member", run.began());
            }
            Instant measured = part.measured();
            return new PreparedPart(
                    part, measured == null ? null : StorableText.micros("the time of a slot", measured));
        }
    }

    static PreparedMessage of(Processed entry) throws UnstorableException {
        return switch (entry) {
            case Processed.Converted it -> of(it, it.id(), event(it.event()), it.samples(), null);
            case Processed.SamplesOnly it -> of(it, it.id(), null, it.samples(), null);
            case Processed.Measured it -> measured(it);
            case Processed.Unmatched it -> of(it, it.id(), null, it.samples(), null);
            case Processed.EventRefused it -> of(it, it.id(), null, it.samples(), null);
            case Processed.Unprocessable it -> {
                MessageId id = it.id();
                yield new PreparedMessage(it, id, id == null ? null : id.key(), null, List.of(), null, null, it.hash());
            }
        };
    }

    private static PreparedMessage measured(Processed.Measured entry) throws UnstorableException {
        PreparedMessage complete = of(entry, entry.id(), null, entry.samples(), PreparedPart.of(entry.part()));
        if (entry.pending().isEmpty()) {
            return complete;
        }
        List<PreparedPack> packs = new ArrayList<>(complete.packs);
        for (Pending pending : entry.pending()) {
            PendingNote note = PendingNote.of(pending);
            PackingOrder.pack(pending.samples()).forEach(pack -> packs.add(pack.noted(note)));
        }
        return new PreparedMessage(entry, complete.id, complete.key, null, packs, complete.part, null, complete.hash);
    }

    private static PreparedMessage of(
            Processed entry,
            MessageId id,
            @Nullable PreparedEvent event,
            List<Sample> samples,
            @Nullable PreparedPart part)
            throws UnstorableException {
        StorableText.text("message_id", id.text());
        UUID key = id.key();
        return new PreparedMessage(
                entry,
                id,
                key,
                event,
                PackingOrder.pack(samples),
                part,
                Occurrence.of(entry.existence(), samples, key),
                entry.hash());
    }

    private static PreparedEvent event(Event event) throws UnstorableException {
        return new PreparedEvent(
                StorableText.name("the event type", event.type()),
                StorableText.micros("the time of the event", event.generated()),
                TraitsJson.write(event.traits()),
                event.raw() == null ? null : Compression.deflate(event.raw()));
    }

    RawMessage raw() {
        return entry.raw();
    }

    /** The same with the hash that its content had when it came, before secrets were masked. */
    PreparedMessage arrivedAs(BodyHash arrival) {
        return new PreparedMessage(entry, id, key, event, packs, part, occurrence, arrival);
    }

    /** The same as one that could not be processed: it claims nothing, and waits in recovery. */
    PreparedMessage refused(Failure failure) {
        Processed.Unprocessable refused = new Processed.Unprocessable(raw(), id, hash, failure);
        return new PreparedMessage(refused, id, key, null, List.of(), null, null, hash);
    }

    /** The same without its samples. */
    PreparedMessage eventAlone() {
        return new PreparedMessage(entry, id, key, event, List.of(), null, null, hash);
    }

    /** What it tells of instances. */
    List<InstanceVersion> told() {
        return entry instanceof Processed.Converted converted ? converted.told() : List.of();
    }

    List<AssetVersion> assets() {
        return entry instanceof Processed.Converted converted ? converted.assets() : List.of();
    }

    /** The failure of what is to wait in recovery, else null. */
    @Nullable Failure failure() {
        return switch (entry) {
            case Processed.Unprocessable it -> it.failure();
            case Processed.EventRefused it -> it.failure();
            case Processed.Converted it -> null;
            case Processed.SamplesOnly it -> null;
            case Processed.Measured it -> null;
            case Processed.Unmatched it -> null;
        };
    }

    /** Whether the message claims its id: all but what could not be processed, which may be tried again. */
    boolean claimsIntake() {
        return !(entry instanceof Processed.Unprocessable);
    }

    /** The id as sent where the key does not show it, else null. */
    @Nullable String idText() {
        return id == null || id.isCanonical() ? null : id.text();
    }
}
