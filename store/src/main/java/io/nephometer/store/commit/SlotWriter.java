// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Meter;
import io.nephometer.model.Sample;
import io.nephometer.model.Slot;
import io.nephometer.model.SlotPart;
import io.nephometer.store.ledger.CommitStep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what members measured in slots: the samples that are not there yet, and what became of each part. References that the
 * rows need are resolved before. Made for one transaction.
 */
final class SlotWriter {
    /** Slots of one source and interval are equal. */
    private static final Comparator<Slot> BY_SOURCE =
            Comparator.comparing(Slot::source).thenComparing(Slot::interval);

    private static final Comparator<SlotPart> BY_MEMBER =
            Comparator.comparing(SlotPart::slot, BY_SOURCE).thenComparing(SlotPart::member);

    private final Steps steps;
    private final Transaction transaction;
    private final Lookup lookup;
    private final SlotRegister register;
    private final SlotMeters meters;
    private final SortedMap<Slot, Short> sources = new TreeMap<>(BY_SOURCE);
    private final SortedMap<SlotPart, Integer> members = new TreeMap<>(BY_MEMBER);
    private final List<SlotSampleRow> rows = new ArrayList<>();
    private final List<PendingTable.Row> pending = new ArrayList<>();
    private int samples;
    private int refused;

    SlotWriter(Steps steps, Transaction transaction, Lookup lookup) {
        this.steps = steps;
        this.transaction = transaction;
        this.lookup = lookup;
        this.register = new SlotRegister(transaction);
        this.meters = new SlotMeters(transaction.connection());
    }

    /** References that were resolved; 0 for none. */
    interface Lookup {
        int resource(PreparedPack pack);

        int project(PreparedPack pack);

        int user(PreparedPack pack);

        long metadata(PreparedPack pack);

        int meter(Meter meter);
    }

    /** A part of a slot, and the samples that came with it. */
    record Delivered(SlotPart part, @Nullable Long measured, List<PreparedPack> packs) {}

    /** What became of the samples of a part. */
    private record Counted(Delivered delivered, int samples, int refused) {}

    /** How much was written. */
    record Written(int rows, int samples, int refused) {
        static final Written NOTHING = new Written(0, 0, 0);
    }

    /**
     * Writes parts of slots, in the order in which they came.
     *
     * @param batch number of the batch
     * @param ordinal place within the batch of the first row
     * @param now microseconds since the epoch
     */
    Written write(List<Delivered> parts, long batch, int ordinal, long now) throws SQLException {
        List<Counted> counted = steps.run(CommitStep.SLOT_SAMPLES, () -> insertSamples(parts, batch, ordinal, now));
        steps.run(CommitStep.SLOTS, () -> recordSlots(counted, now));
        return new Written(rows.size(), samples, refused);
    }

    private List<Counted> insertSamples(List<Delivered> parts, long batch, int ordinal, long now) throws SQLException {
        findReferences(parts);
        List<SlotSampleRow.Place> places = new ArrayList<>();
        parts.forEach(it -> it.packs().forEach(pack -> places.add(place(it, pack))));
        meters.read(places);
        List<Counted> counted = new ArrayList<>(parts.size());
        for (Delivered delivered : parts) {
            counted.add(take(delivered, batch, ordinal));
        }
        rows.sort(SlotSampleRow.ORDER);
        if (!rows.isEmpty()) {
            transaction.insertSlotSamples(rows);
        }
        if (!pending.isEmpty()) {
            new PendingTable(transaction.connection()).insert(pending, now);
        }
        return counted;
    }

    /** In the order of their names, so that writers which add the same cannot deadlock. */
    private void findReferences(List<Delivered> parts) throws SQLException {
        for (Delivered delivered : parts) {
            sources.put(delivered.part().slot(), (short) 0);
            members.put(delivered.part(), 0);
        }
        for (Map.Entry<Slot, Short> source : sources.entrySet()) {
            source.setValue(register.source(source.getKey()));
        }
        for (Map.Entry<SlotPart, Integer> member : members.entrySet()) {
            member.setValue(register.member(
                    source(member.getKey().slot()), member.getKey().member()));
        }
    }

    private short source(Slot slot) {
        return found(sources.get(slot));
    }

    private static <T> T found(@Nullable T reference) {
        if (reference == null) {
            throw new IllegalStateException("a reference was neither found nor added");
        }
        return reference;
    }

    private SlotSampleRow.Place place(Delivered delivered, PreparedPack pack) {
        Slot slot = delivered.part().slot();
        return new SlotSampleRow.Place(source(slot), began(slot), lookup.resource(pack));
    }

    private static long began(Slot slot) {
        return slot.start().getEpochSecond() * 1_000_000;
    }

    private Counted take(Delivered delivered, long batch, int ordinal) throws SQLException {
        int taken = 0;
        int offered = 0;
        for (PreparedPack pack : delivered.packs()) {
            SlotSampleRow.Place place = place(delivered, pack);
            List<Sample> left = meters.firstOnly(place, pack.samples());
            offered += pack.samples().size();
            taken += left.size();
            if (!left.isEmpty()) {
                long id = RowId.of(batch, ordinal + rows.size());
                rows.add(row(id, place, pack, left));
                note(id, delivered, pack.note());
            }
        }
        samples += taken;
        refused += offered - taken;
        return new Counted(delivered, taken, offered - taken);
    }

    private void note(long id, Delivered delivered, @Nullable PendingNote note) {
        if (note != null) {
            Long measured = delivered.measured();
            long asOf = measured == null ? began(delivered.part().slot()) : measured;
            pending.add(new PendingTable.Row(id, note, asOf));
        }
    }

    private SlotSampleRow row(long id, SlotSampleRow.Place place, PreparedPack pack, List<Sample> left)
            throws SQLException {
        List<SamplePack.Entry> entries = left.stream()
                .map(sample -> new SamplePack.Entry(lookup.meter(sample.meter()), sample.volume(), 0, null))
                .toList();
        return new SlotSampleRow(
                id,
                pack.group().measured(),
                new SlotSampleRow.Key(place, meters.nextNumber(place)),
                lookup.metadata(pack),
                lookup.project(pack),
                lookup.user(pack),
                new SamplePack(null, entries).toBytes());
    }

    /** In microseconds, in the order of the keys. */
    private static SortedMap<SlotRow.Key, Long> intervals(SortedMap<SlotRow.Key, List<Counted>> slots) {
        SortedMap<SlotRow.Key, Long> intervals = new TreeMap<>();
        slots.forEach((key, parts) -> intervals.put(
                key, parts.getFirst().delivered().part().slot().interval().toSeconds() * 1_000_000));
        return intervals;
    }

    private boolean recordSlots(List<Counted> counted, long now) throws SQLException {
        SortedMap<SlotRow.Key, List<Counted>> slots = new TreeMap<>();
        for (Counted one : counted) {
            SlotPart part = one.delivered().part();
            slots.computeIfAbsent(
                            new SlotRow.Key(found(members.get(part)), began(part.slot())), key -> new ArrayList<>())
                    .add(one);
        }
        Set<Integer> begun = register.expect(intervals(slots), now);
        Map<SlotRow.Key, SlotRow> before = register.read(slots.keySet());
        List<SlotRow> added = new ArrayList<>();
        List<SlotRow> changed = new ArrayList<>();
        slots.forEach((key, parts) -> {
            SlotRow known = before.get(key);
            SlotTally tally = known == null ? new SlotTally(now) : new SlotTally(known);
            for (Counted one : parts) {
                Delivered delivered = one.delivered();
                tally.add(delivered.part(), delivered.measured(), one.samples(), one.refused(), now);
            }
            (known == null ? added : changed).add(tally.row(key));
        });
        register.insert(added);
        register.update(changed, before);
        List<Delivered> parts = counted.stream().map(Counted::delivered).toList();
        new IncarnationBook(transaction).record(parts, IncarnationBook.names(begun, members), now);
        return true;
    }
}
