// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the periods that became too old before anybody began them. Looks before a round does anything, whenever another period is the first
 * that is due: after that, what was begun since hides what was not. Used by one thread.
 */
final class MissedPeriods {
    /** Times that are told, the latest. */
    private static final int MOST = 5;

    /** Periods that are looked at one by one, if more became too old at once. */
    private static final int LOOKS = 100;

    private final AuditOptions options;
    private final AuditBook book;
    private final Auditor auditor;

    /** End by beginning; apart from each other. */
    private final TreeMap<Instant, Instant> found = new TreeMap<>();

    private String reason = "";

    /** The first that was due at the last look; null if none was. */
    private @Nullable Instant first;

    MissedPeriods(AuditOptions options, AuditBook book, Auditor auditor) {
        this.options = options;
        this.book = book;
        this.auditor = auditor;
    }

    /** All that were found until now, for people; empty if there are none. */
    String look(DuePeriods due) throws AuditException {
        if (!due.first().equals(first)) {
            find(due);
            // What was not due because the inventory does not reach there is not missed.
            first = due.from() == null || due.periods().isEmpty() ? null : due.first();
        }
        return found.entrySet().stream().map(this::text).collect(Collectors.joining("; "));
    }

    private void find(DuePeriods due) throws AuditException {
        Instant before = first;
        Optional<Instant> latest = book.latest(auditor.task());
        if (latest.isPresent() && latest.get().isBefore(due.first())) {
            // Nobody was there since.
            add(latest.get(), due);
        } else if (latest.isPresent() && before != null && before.isBefore(due.first())) {
            for (Period period : options.periods().completed(before, due.first(), LOOKS)) {
                boolean passed =
                        !period.begin().isBefore(before) && !period.end().isAfter(due.first());
                if (passed && !isBegun(period)) {
                    add(period, due);
                }
            }
        }
    }

    /** Whether all of it was done, or it is told as one that was begun. */
    private boolean isBegun(Period period) throws AuditException {
        Set<AuditKey> done = book.done(auditor.task(), period);
        Set<AuditKey> open = book.open(auditor.task());
        List<AuditKey> all = IntStream.range(0, HostShare.COUNT)
                .mapToObj(share -> auditor.key(period, share))
                .toList();
        return done.containsAll(all) || all.stream().anyMatch(open::contains);
    }

    private void add(Instant begin, DuePeriods due) {
        add(new Period(begin, due.first()), due);
    }

    private void add(Period time, DuePeriods due) {
        Map.Entry<Instant, Instant> before = found.floorEntry(time.begin());
        boolean goesOn = before != null && !before.getValue().isBefore(time.begin());
        found.put(goesOn ? before.getKey() : time.begin(), time.end());
        if (found.size() > MOST) {
            found.pollFirstEntry();
        }
        reason = due.outOfReach(options.periods().lastCompleted(due.first()))
                .map(it -> it.withRemedy(auditor))
                .orElse("it is not due");
    }

    private String text(Map.Entry<Instant, Instant> time) {
        String which = time.getKey() + " up to " + time.getValue();
        return auditor.inOrder()
                ? which
                        + " was not counted by itself, and will not be: what counters showed meanwhile is in the first period after it"
                : which + " was not audited in time, and will not be: " + reason;
    }
}
