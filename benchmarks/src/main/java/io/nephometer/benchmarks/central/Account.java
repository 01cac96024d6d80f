// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a ledger holds of a window, beside what it should hold.
 *
 * @param slots of all units that should have been measured
 * @param done of these, measured whole
 * @param told of these, told to be missing or in doubt, by reason
 * @param unexplained of these, neither measured whole nor told
 * @param samples of the window, by meter, resource and slot
 * @param duplicates beyond the first of a meter, resource and slot
 * @param missing meters of a resource without a sample in a slot
 * @param strangers samples of what was not expected at all
 * @param spacing the largest deviation of the time between two measurings of a unit from the interval
 * @param bad some of the slots that are not done, for a human
 */
record Account(
        int slots,
        int done,
        Map<String, Integer> told,
        int unexplained,
        long samples,
        long duplicates,
        long missing,
        long strangers,
        Duration spacing,
        List<String> bad) {
    private static final int MOST_BAD = 20;
    /** What the ledger shows of a slot that nobody has told it anything of. */
    private static final String NOTHING = "nothing_arrived";

    static Account of(Books books, Books.Window window, CloudUnderTest cloud, Set<String> units) {
        List<SlotRecord> records = books.slots(window);
        Map<String, Integer> told = new TreeMap<>();
        List<String> bad = new ArrayList<>();
        int done = 0;
        for (SlotRecord record : records) {
            if (record.state() == SlotState.DONE) {
                done++;
                continue;
            }
            bad.add(record.member() + " " + record.slot().start() + " " + record.state() + " measured "
                    + record.measured() + " " + record.reasons());
            String reason = record.reasons().isEmpty()
                    ? NOTHING
                    : record.reasons().getFirst().reason();
            if (!reason.equals(NOTHING)) {
                told.merge(
                        record.state() == SlotState.MISSING ? reason : record.state() + " " + reason, 1, Integer::sum);
            }
        }
        int slots = window.slots() * units.size();
        int accounted =
                done + told.values().stream().mapToInt(Integer::intValue).sum();
        Map<CloudUnderTest.Series, Map<Instant, Integer>> held = books.samples(window);
        long expected = 0;
        long missing = 0;
        for (CloudUnderTest.Series series : cloud.expected()) {
            Map<Instant, Integer> of = Objects.requireNonNullElse(held.get(series), Map.of());
            missing += window.slots() - of.size();
            expected += of.size();
        }
        long kinds = held.values().stream().mapToLong(Map::size).sum();
        long samples = held.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .mapToLong(Integer::longValue)
                .sum();
        return new Account(
                slots,
                done,
                told,
                slots - accounted,
                samples,
                samples - kinds,
                missing,
                kinds - expected,
                spacing(records, window.interval()),
                bad.subList(0, Math.min(bad.size(), MOST_BAD)));
    }

    private static Duration spacing(List<SlotRecord> records, Duration interval) {
        Map<String, Instant> last = new HashMap<>();
        Duration worst = Duration.ZERO;
        for (SlotRecord record : records) {
            Instant measured = record.measured();
            if (measured == null) {
                last.remove(record.member());
                continue;
            }
            Instant before = last.put(record.member(), measured);
            if (before != null) {
                Duration off =
                        Duration.between(before, measured).minus(interval).abs();
                worst = off.compareTo(worst) > 0 ? off : worst;
            }
        }
        return worst;
    }

    int toldSlots() {
        return told.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether nothing is there twice, and nothing is missing; a slot may be in doubt and whole all the same. */
    boolean isWhole() {
        return duplicates == 0 && missing == 0 && unexplained == 0 && strangers == 0;
    }
}
