// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.app.demo.SlotBook.MemberSlot;
import io.nephometer.app.demo.SlotBook.PolledKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What became of the slots of all hosts.
 *
 * @param expected that began and ended while the agents ran, by the clock alone
 * @param done of these, measured and whole in the ledger; nothing to measure counts too
 * @param duplicated of all, measured and taken more than once
 * @param reasons why the others are missing, as the ledger was told; {@value #UNTOLD} if it was not
 */
public record SlotCount(int expected, int done, int duplicated, Map<String, Integer> reasons) {
    private static final String UNTOLD = "not_told_before_the_end";

    /** @param lost samples that the ledger took and does not hold */
    static SlotCount of(Fleet.Run run, Set<PolledKey> lost) {
        SlotBook.Notes notes = run.notes();
        int expected = 0;
        int done = 0;
        Map<String, Integer> reasons = new TreeMap<>();
        long interval = run.options().interval().toSeconds();
        Instant first = Instant.ofEpochSecond(Math.ceilDiv(run.began().getEpochSecond() + 1, interval) * interval);
        Instant end = run.ended().minusSeconds(interval);
        for (Instant start = first; !start.isAfter(end); start = start.plusSeconds(interval)) {
            for (String host : run.hosts()) {
                MemberSlot slot = new MemberSlot(host, start);
                expected++;
                if (isWhole(notes.taken().getOrDefault(slot, List.of()), lost)) {
                    done++;
                } else {
                    reasons.merge(notes.missing().getOrDefault(slot, UNTOLD), 1, Integer::sum);
                }
            }
        }
        int duplicated = (int)
                notes.taken().values().stream().filter(list -> list.size() > 1).count();
        return new SlotCount(expected, done, duplicated, reasons);
    }

    private static boolean isWhole(List<List<PolledKey>> measurements, Set<PolledKey> lost) {
        return !measurements.isEmpty()
                && measurements.stream().allMatch(samples -> Collections.disjoint(samples, lost));
    }

    /** Expected and not done. */
    public int missing() {
        return expected - done;
    }
}
