// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Sample;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which meters of which resources a slot has already: the first sample of each wins. What is found here may be overtaken by
 * another writer; the numbers of the rows, which are unique, show that.
 */
final class SlotMeters {
    /** Resources asked for at once. */
    private static final int CHUNK = 2_000;

    private final Connection connection;
    private final Map<SlotSampleRow.Place, Taken> places = new HashMap<>();
    private final Map<Integer, String> meters = new HashMap<>();

    SlotMeters(Connection connection) {
        this.connection = connection;
    }

    private static final class Taken {
        private final Set<String> meters = new HashSet<>();
        private int rows;
    }

    private record Slot(short source, long began) {}

    /** Looks up what the database has at these places. */
    void read(Collection<SlotSampleRow.Place> wanted) throws SQLException {
        Map<Slot, List<Integer>> slots = new HashMap<>();
        for (SlotSampleRow.Place place : wanted) {
            if (places.putIfAbsent(place, new Taken()) == null) {
                slots.computeIfAbsent(new Slot(place.source(), place.began()), slot -> new ArrayList<>())
                        .add(place.resource());
            }
        }
        for (Map.Entry<Slot, List<Integer>> slot : slots.entrySet()) {
            List<Integer> resources = slot.getValue();
            for (int from = 0; from < resources.size(); from += CHUNK) {
                read(slot.getKey(), resources.subList(from, Math.min(from + CHUNK, resources.size())));
            }
        }
    }

    private void read(Slot slot, List<Integer> resources) throws SQLException {
        String sql = "SELECT resource_ref, number, pack FROM slot_samples WHERE slot_began = ? AND source_ref = ? "
                + "AND resource_ref IN " + list(resources);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, slot.began());
            select.setShort(2, slot.source());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Taken taken = taken(new SlotSampleRow.Place(slot.source(), slot.began(), row.getInt(1)));
                    taken.rows = Math.max(taken.rows, row.getInt(2) + 1);
                    for (SamplePack.Entry entry : SamplePack.of(row.getBytes(3)).entries()) {
                        taken.meters.add(meter(entry.meter()));
                    }
                }
            }
        }
    }

    private static String list(List<Integer> references) {
        StringBuilder list = new StringBuilder("(");
        for (int reference : references) {
            list.append(list.length() == 1 ? "" : ", ").append(reference);
        }
        return list.append(')').toString();
    }

    /** Known only where something is there already, which is rare: then all names are read at once. */
    private String meter(int reference) throws SQLException {
        if (!meters.containsKey(reference)) {
            try (Statement select = connection.createStatement();
                    ResultSet row = select.executeQuery("SELECT id, name FROM meters")) {
                while (row.next()) {
                    meters.put(row.getInt(1), row.getString(2));
                }
            }
        }
        String name = meters.get(reference);
        if (name == null) {
            throw new IllegalStateException("a row of samples refers to a meter that is not there: " + reference);
        }
        return name;
    }

    /** Those of {@code samples} that are the first of their meter at this place; from now on they are there. */
    List<Sample> firstOnly(SlotSampleRow.Place place, List<Sample> samples) {
        Taken taken = taken(place);
        return samples.stream()
                .filter(sample -> taken.meters.add(sample.meter().name()))
                .toList();
    }

    /** The number of the next row at this place. */
    short nextNumber(SlotSampleRow.Place place) throws SQLException {
        Taken taken = taken(place);
        if (taken.rows > Short.MAX_VALUE) {
            throw new SQLException("a resource has more than " + Short.MAX_VALUE + " rows in one slot", "22003");
        }
        return (short) taken.rows++;
    }

    private Taken taken(SlotSampleRow.Place place) {
        return places.computeIfAbsent(place, it -> new Taken());
    }
}
