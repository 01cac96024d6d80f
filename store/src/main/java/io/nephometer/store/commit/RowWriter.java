// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.MessageId;
import io.nephometer.model.Meter;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.CommitStep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events and samples of accepted messages, in the order in which all writers lock: dictionaries, resources,
 * metadata, then rows. Made for one transaction.
 */
final class RowWriter implements SlotWriter.Lookup {
    private static final Comparator<Meter> METER_ORDER =
            Comparator.comparing(Meter::name).thenComparing(Meter::type).thenComparing(Meter::unit);

    private final Steps steps;
    private final Transaction transaction;
    private final References references;
    private final Map<Dictionary, Map<String, Long>> names = new EnumMap<>(Dictionary.class);
    private final Map<Meter, Long> meters = new HashMap<>();
    private final Map<MetadataKey, Long> metadata = new HashMap<>();

    RowWriter(Steps steps, Transaction transaction, References references) {
        this.steps = steps;
        this.transaction = transaction;
        this.references = references;
        for (Dictionary dictionary : Dictionary.values()) {
            names.put(dictionary, new HashMap<>());
        }
    }

    /** A row of samples with the message it belongs to. */
    private record Placed(PreparedMessage message, PreparedPack pack) {}

    /** How much was written. */
    record Written(int events, int packs, int samples, int samplesRefused) {}

    /** Writes events, samples and slots. {@code polled} are the claimed ids of polled samples that have one of their own. */
    Written write(List<PreparedMessage> messages, Set<UUID> polled, long batch, long now) throws SQLException {
        List<PreparedMessage> events =
                messages.stream().filter(message -> message.event() != null).toList();
        List<Placed> packs = new ArrayList<>();
        int refused = 0;
        List<SlotWriter.Delivered> parts = new ArrayList<>();
        for (PreparedMessage message : messages) {
            PreparedMessage.PreparedPart part = message.part();
            if (part != null) {
                parts.add(new SlotWriter.Delivered(part.part(), part.measured(), message.packs()));
                continue;
            }
            for (PreparedPack pack : message.packs()) {
                PreparedPack left = pack.admittedOnly(polled);
                refused += pack.samples().size() - left.samples().size();
                if (!left.samples().isEmpty()) {
                    packs.add(new Placed(message, left));
                }
            }
        }
        List<PreparedPack> all = new ArrayList<>();
        packs.forEach(placed -> all.add(placed.pack()));
        parts.forEach(part -> all.addAll(part.packs()));
        resolve(events, all);
        if (!events.isEmpty()) {
            steps.run(CommitStep.EVENTS, () -> insertEvents(events, batch));
        }
        if (!packs.isEmpty()) {
            steps.run(CommitStep.SAMPLES, () -> insertSamples(packs, batch));
        }
        SlotWriter.Written slots = parts.isEmpty()
                ? SlotWriter.Written.NOTHING
                : new SlotWriter(steps, transaction, this).write(parts, batch, packs.size(), now);
        int samples = packs.stream().mapToInt(it -> it.pack().samples().size()).sum();
        return new Written(
                events.size(), packs.size() + slots.rows(), samples + slots.samples(), refused + slots.refused());
    }

    /** To be called after the commit: what was looked up or added is now known to be there. */
    void remember() {
        names.forEach((dictionary, found) -> references.names(dictionary).putAll(found));
        references.meters().putAll(meters);
        references.metadata().putAll(metadata);
    }

    /** Finds or adds what rows refer to, without writing rows. */
    void resolveAll(List<PreparedPack> packs) throws SQLException {
        resolve(List.of(), packs);
    }

    private void resolve(List<PreparedMessage> events, List<PreparedPack> packs) throws SQLException {
        SortedSet<String> types = new TreeSet<>();
        SortedSet<String> labels = new TreeSet<>();
        SortedSet<String> resources = new TreeSet<>();
        SortedSet<Meter> unknownMeters = new TreeSet<>(METER_ORDER);
        for (PreparedMessage message : events) {
            if (message.event() != null) {
                collect(Dictionary.EVENT_TYPES, message.event().type(), types);
            }
        }
        for (PreparedPack pack : packs) {
            PreparedPack.Group group = pack.group();
            collect(Dictionary.LABELS, group.project(), labels);
            collect(Dictionary.LABELS, group.user(), labels);
            collect(Dictionary.RESOURCES, group.resource(), resources);
            pack.samples().forEach(sample -> collect(sample.meter(), unknownMeters));
        }
        if (!types.isEmpty() || !labels.isEmpty() || !unknownMeters.isEmpty()) {
            steps.run(CommitStep.DICTIONARIES, () -> {
                find(Dictionary.EVENT_TYPES, types);
                find(Dictionary.LABELS, labels);
                meters.putAll(unknownMeters.isEmpty() ? Map.of() : transaction.findOrAddMeters(unknownMeters));
                return true;
            });
        }
        if (!resources.isEmpty()) {
            steps.run(CommitStep.RESOURCES, () -> find(Dictionary.RESOURCES, resources));
        }
        resolveMetadata(packs);
    }

    private void resolveMetadata(List<PreparedPack> packs) throws SQLException {
        SortedMap<MetadataKey, MetadataContent> unknown = new TreeMap<>();
        for (PreparedPack pack : packs) {
            MetadataKey key = key(pack);
            if (!metadata.containsKey(key) && !unknown.containsKey(key)) {
                Long known = references.metadata().get(key);
                if (known == null) {
                    unknown.put(key, new MetadataContent(pack.group().measured(), pack.metadataJson()));
                } else {
                    metadata.put(key, known);
                }
            }
        }
        if (!unknown.isEmpty()) {
            metadata.putAll(steps.run(CommitStep.METADATA, () -> transaction.findOrAddMetadata(unknown)));
        }
    }

    private MetadataKey key(PreparedPack pack) {
        PreparedPack.Group group = pack.group();
        return new MetadataKey(reference(Dictionary.RESOURCES, group.resource()), group.kind(), pack.metadataHash());
    }

    /** Takes what this process knows; the rest goes to {@code unknown}. */
    private void collect(Dictionary dictionary, @Nullable String name, SortedSet<String> unknown) {
        Map<String, Long> found = found(dictionary);
        if (name != null && !found.containsKey(name) && !unknown.contains(name)) {
            Long known = references.names(dictionary).get(name);
            if (known == null) {
                unknown.add(name);
            } else {
                found.put(name, known);
            }
        }
    }

    private void collect(Meter meter, SortedSet<Meter> unknown) {
        if (!meters.containsKey(meter) && !unknown.contains(meter)) {
            Long known = references.meters().get(meter);
            if (known == null) {
                unknown.add(meter);
            } else {
                meters.put(meter, known);
            }
        }
    }

    private boolean find(Dictionary dictionary, SortedSet<String> unknown) throws SQLException {
        if (!unknown.isEmpty()) {
            found(dictionary).putAll(transaction.findOrAdd(dictionary, unknown));
        }
        return true;
    }

    private boolean insertEvents(List<PreparedMessage> messages, long batch) throws SQLException {
        List<EventRow> rows = new ArrayList<>(messages.size());
        for (PreparedMessage message : messages) {
            PreparedMessage.PreparedEvent event = message.event();
            if (event != null && message.key() != null) {
                rows.add(new EventRow(
                        RowId.of(batch, rows.size()),
                        event.generated(),
                        message.key(),
                        reference(Dictionary.EVENT_TYPES, event.type()),
                        message.idText(),
                        event.traits(),
                        event.raw()));
            }
        }
        transaction.insertEvents(rows);
        return true;
    }

    private boolean insertSamples(List<Placed> packs, long batch) throws SQLException {
        List<SampleRow> rows = new ArrayList<>(packs.size());
        for (Placed placed : packs) {
            PreparedPack.Group group = placed.pack().group();
            UUID message = placed.message().key();
            if (message != null) {
                rows.add(new SampleRow(
                        RowId.of(batch, rows.size()),
                        group.measured(),
                        metadata(placed.pack()),
                        message,
                        resource(placed.pack()),
                        project(placed.pack()),
                        user(placed.pack()),
                        pack(placed).toBytes()));
            }
        }
        transaction.insertSamples(rows);
        return true;
    }

    private SamplePack pack(Placed placed) {
        List<SamplePack.Entry> entries = new ArrayList<>();
        for (Sample sample : placed.pack().samples()) {
            int meter = meter(sample.meter());
            entries.add(
                    switch (sample.origin()) {
                        case Sample.Origin.Derived(MessageId message, int ordinal) ->
                            new SamplePack.Entry(meter, sample.volume(), ordinal, null);
                        case Sample.Origin.Polled(MessageId own) ->
                            new SamplePack.Entry(meter, sample.volume(), 0, own);
                        case Sample.Origin.Slotted slotted ->
                            throw new IllegalStateException("a sample of a slot came without its slot: " + slotted);
                    });
        }
        return new SamplePack(placed.message().idText(), entries);
    }

    @Override
    public int resource(PreparedPack pack) {
        return reference(Dictionary.RESOURCES, pack.group().resource());
    }

    @Override
    public int project(PreparedPack pack) {
        return reference(Dictionary.LABELS, pack.group().project());
    }

    @Override
    public int user(PreparedPack pack) {
        return reference(Dictionary.LABELS, pack.group().user());
    }

    @Override
    public long metadata(PreparedPack pack) {
        return required(metadata.get(key(pack)));
    }

    @Override
    public int meter(Meter meter) {
        return Math.toIntExact(required(meters.get(meter)));
    }

    private int reference(Dictionary dictionary, @Nullable String name) {
        return name == null ? 0 : Math.toIntExact(required(found(dictionary).get(name)));
    }

    private Map<String, Long> found(Dictionary dictionary) {
        return names.computeIfAbsent(dictionary, it -> new HashMap<>());
    }

    private static long required(@Nullable Long reference) {
        if (reference == null) {
            throw new IllegalStateException("a reference was neither found nor added");
        }
        return reference;
    }
}
