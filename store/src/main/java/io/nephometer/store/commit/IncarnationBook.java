// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Incarnation;
import io.nephometer.model.SlotPart;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which runs of a member there are. A run that measures while a later one is there is a clash: two agents have one name.
 * What the latest run does not measure is not expected of the member from the start of that run on. Made for one transaction.
 */
final class IncarnationBook {
    /** Of each member; of an older run nothing is to be said any more. */
    private static final int KEPT = 8;

    private final IncarnationTable table;

    IncarnationBook(Transaction transaction) {
        this.table = new IncarnationTable(transaction);
    }

    /** What came of one run in a batch. */
    private static final class Arrived {
        private final Incarnation run;
        private long measured = Long.MIN_VALUE;

        private Arrived(Incarnation run) {
            this.run = run;
        }
    }

    /**
     * Takes note of the runs that the parts are of.
     *
     * @param begun names of the members of which more slots are expected than before
     * @param now microseconds since the epoch
     */
    void record(Collection<SlotWriter.Delivered> parts, Set<String> begun, long now) throws SQLException {
        SortedMap<String, SortedMap<String, Arrived>> members = new TreeMap<>();
        for (SlotWriter.Delivered delivered : parts) {
            SlotPart part = delivered.part();
            Incarnation run = part.tenure() == null ? part.incarnation() : null;
            if (run != null) {
                Arrived arrived = members.computeIfAbsent(part.member(), member -> new TreeMap<>())
                        .computeIfAbsent(run.id(), id -> new Arrived(run));
                Long measured = delivered.measured();
                arrived.measured = Math.max(arrived.measured, measured == null ? Long.MIN_VALUE : measured);
            }
        }
        if (!members.isEmpty()) {
            SortedMap<String, List<IncarnationTable.Row>> known = table.read(members.keySet());
            for (var member : members.entrySet()) {
                List<IncarnationTable.Row> runs = known.getOrDefault(member.getKey(), List.of());
                record(member.getKey(), member.getValue().values(), runs, begun.contains(member.getKey()), now);
            }
        }
    }

    private void record(
            String member, Collection<Arrived> arrived, List<IncarnationTable.Row> known, boolean begun, long now)
            throws SQLException {
        SortedMap<String, IncarnationTable.Row> runs = new TreeMap<>();
        known.forEach(run -> runs.put(run.id(), run));
        boolean added = false;
        for (Arrived one : arrived) {
            IncarnationTable.Row row = IncarnationTable.Row.of(member, one.run, now);
            if (!runs.containsKey(row.id()) && isAmongLatest(runs.values(), row)) {
                table.insert(row);
                runs.put(row.id(), row);
                added = true;
            }
        }
        for (Arrived one : arrived) {
            IncarnationTable.Row row = runs.get(one.run.id());
            if (row != null && runs.values().stream().anyMatch(later -> isClash(row, one.measured, later))) {
                table.clashed(member, one.run.id(), now);
            }
        }
        IncarnationTable.Row latest = latest(runs.values());
        if (latest != null && (added || begun)) {
            table.retireAllBut(latest);
        }
        if (runs.size() > KEPT) {
            table.keep(
                    member,
                    runs.values().stream()
                            .map(IncarnationTable.Row::began)
                            .sorted(Comparator.reverseOrder())
                            .toList()
                            .get(KEPT - 1));
        }
    }

    private static boolean isAmongLatest(Collection<IncarnationTable.Row> runs, IncarnationTable.Row run) {
        return runs.stream().filter(other -> other.began() >= run.began()).count() < KEPT;
    }

    /** By the clock of one host both times are exact. Two hosts of one name differ by their clocks, and go on until they clash. */
    private static boolean isClash(IncarnationTable.Row run, long measured, IncarnationTable.Row later) {
        return later.began() > run.began() && measured > later.began();
    }

    private static IncarnationTable.@Nullable Row latest(Collection<IncarnationTable.Row> runs) {
        return runs.stream().max(IncarnationTable.Row.BY_BEGINNING).orElse(null);
    }

    /** Names of the members whose references these are. */
    static Set<String> names(Set<Integer> references, Map<SlotPart, Integer> members) {
        Set<String> names = new HashSet<>();
        members.forEach((part, reference) -> {
            if (references.contains(reference)) {
                names.add(part.member());
            }
        });
        return names;
    }
}
