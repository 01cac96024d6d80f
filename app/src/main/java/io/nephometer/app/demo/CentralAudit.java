// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.model.Sample;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger holds of central agents of which one was killed, counted by what samples are.
 *
 * @param orphans units of work that the killed one had
 * @param expected slots of all units that began and ended while they ran, by the clock alone
 * @param done of these, measured whole
 * @param duplicated slots that hold a sample of one meter and resource more than once
 * @param reasons why the others are missing, by how many
 * @param takeOver how long after the end of the killed one's lease, or the beginning of the slot if that was later, the last of its units was
 *     measured again; null if none was
 */
public record CentralAudit(
        int agents,
        int orphans,
        int expected,
        int done,
        int duplicated,
        Map<String, Integer> reasons,
        long samples,
        @Nullable Duration takeOver) {
    private static final double MILLIS = 1000;

    /** Reads the whole ledger. */
    static CentralAudit of(LedgerView ledger, CentralCrew.Run run) {
        Book book = new Book(run);
        ledger.slots().slots(SlotQuery.ALL, book::take);
        Map<SlotBook.PolledKey, Integer> held = new HashMap<>();
        ledger.reader().samples(LedgerQuery.ALL, sample -> {
            if (sample.origin() instanceof Sample.Origin.Slotted(var slot)
                    && slot.source().equals(CentralCrew.SOURCE)) {
                held.merge(SlotBook.PolledKey.of(sample), 1, Integer::sum);
            }
        });
        Set<Instant> twice = new HashSet<>();
        held.forEach((key, count) -> {
            if (count > 1) {
                twice.add(key.slot());
            }
        });
        return new CentralAudit(
                run.agents(),
                run.orphans().size(),
                book.starts.size() * run.units().size(),
                book.done,
                twice.size(),
                book.reasons,
                held.values().stream().mapToLong(Integer::longValue).sum(),
                book.takeOver());
    }

    /** Gathers slots of the run. */
    private static final class Book {
        private final CentralCrew.Run run;
        private final Set<Instant> starts = new HashSet<>();
        private final Map<String, Integer> reasons = new TreeMap<>();
        private final Map<String, Duration> after = new HashMap<>();
        private int done;

        Book(CentralCrew.Run run) {
            this.run = run;
            long interval = run.interval().toSeconds();
            Instant last = run.ended().minus(run.interval());
            for (Instant start =
                            Instant.ofEpochSecond(Math.ceilDiv(run.began().getEpochSecond() + 1, interval) * interval);
                    start.isBefore(last);
                    start = start.plus(run.interval())) {
                starts.add(start);
            }
        }

        void take(SlotRecord slot) {
            if (!slot.slot().source().equals(CentralCrew.SOURCE) || !run.units().contains(slot.member())) {
                return;
            }
            if (starts.contains(slot.slot().start())) {
                if (slot.state() == SlotState.DONE) {
                    done++;
                } else {
                    String reason = slot.reasons().isEmpty()
                            ? "not_told_before_the_end"
                            : slot.reasons().getFirst().reason();
                    reasons.merge(reason, 1, Integer::sum);
                }
            }
            Instant orphaned = run.orphaned();
            Instant measured = slot.measured();
            if (orphaned != null
                    && measured != null
                    && measured.isAfter(orphaned)
                    && run.orphans().contains(slot.member())) {
                Instant since =
                        slot.slot().start().isAfter(orphaned) ? slot.slot().start() : orphaned;
                after.putIfAbsent(slot.member(), Duration.between(since, measured));
            }
        }

        @Nullable Duration takeOver() {
            return after.values().stream().max(Duration::compareTo).orElse(null);
        }
    }

    /** Expected and not done. */
    public int missing() {
        return expected - done;
    }

    /** The time in seconds, or null. */
    public @Nullable Double takeOverSeconds() {
        return takeOver == null ? null : takeOver.toMillis() / MILLIS;
    }

    /** Whether nothing is there twice. */
    public boolean isGood() {
        return duplicated == 0;
    }
}
