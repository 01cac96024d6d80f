// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import io.nephometer.model.Shortfall;
import io.nephometer.model.SlotPart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a member has delivered of one slot so far. A member that was started again within a slot measures it once more: the row
 * follows the cycle that is complete, else the later one; one that could not measure gives way to any that could. Samples count
 * whatever cycle they are of, and so does what is told to be lost. Times are microseconds since the epoch.
 */
final class SlotTally {
    /** Further reasons are counted only. */
    private static final int MOST_SHORTFALLS = 100;

    private final long firstCommitted;
    private long lastCommitted;
    private @Nullable Long measured;
    private int parts;
    private BitSet seen = new BitSet();
    private List<Shortfall> shortfalls = List.of();
    private int samples;
    private int refused;

    /** Nothing yet. */
    SlotTally(long now) {
        firstCommitted = now;
        lastCommitted = now;
    }

    /** As the ledger has it. */
    SlotTally(SlotRow row) {
        firstCommitted = row.firstCommitted();
        lastCommitted = row.lastCommitted();
        measured = row.measured();
        parts = row.parts();
        seen = BitSet.valueOf(row.seen());
        shortfalls = ShortfallsJson.read(row.shortfalls());
        samples = row.samples();
        refused = row.refused();
    }

    SlotRow row(SlotRow.Key key) {
        return new SlotRow(
                key,
                measured,
                firstCommitted,
                lastCommitted,
                parts,
                samples,
                refused,
                seen.toByteArray(),
                ShortfallsJson.write(shortfalls));
    }

    /** Adds a part, {@code newSamples} of whose samples were not there yet and {@code knownSamples} were. */
    void add(SlotPart part, @Nullable Long partMeasured, int newSamples, int knownSamples, long now) {
        samples += newSamples;
        refused += knownSamples;
        boolean sameCycle = Objects.equals(partMeasured, measured) && part.parts() == parts;
        if (!sameCycle) {
            if (!givesWayTo(partMeasured)) {
                shortfalls = joined(losses(part.shortfalls()));
                return;
            }
            measured = partMeasured;
            parts = part.parts();
            seen = new BitSet();
            shortfalls = losses(shortfalls);
        }
        if (seen.get(part.part() - 1)) {
            shortfalls = joined(losses(part.shortfalls()));
        } else {
            seen.set(part.part() - 1);
            lastCommitted = now;
            shortfalls = joined(part.shortfalls());
        }
    }

    private static List<Shortfall> losses(List<Shortfall> all) {
        return all.stream().filter(Shortfall::isLoss).toList();
    }

    private boolean givesWayTo(@Nullable Long other) {
        if (parts == 0) {
            return true;
        }
        boolean complete = seen.cardinality() == parts;
        return other != null && (measured == null || (!complete && other >= measured));
    }

    private List<Shortfall> joined(List<Shortfall> more) {
        List<Shortfall> all = new ArrayList<>(shortfalls);
        all.addAll(more);
        if (all.size() <= MOST_SHORTFALLS) {
            return all;
        }
        List<Shortfall> kept = new ArrayList<>(all.subList(0, MOST_SHORTFALLS - 1));
        long left = all.stream().skip(kept.size()).mapToLong(Shortfall::count).sum();
        kept.add(new Shortfall("other", left, all.size() - kept.size() + " further reasons are not kept"));
        return kept;
    }
}
