// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the periods that became too old before anybody began them. Looks before a round does anything, whenever another period is the first
 * that is due: after that, what was begun since hides what was not. Used by one thread.
 */
final class MissedPeriods {
    /** Times that are told, the latest. */
    private static final int MOST = 5;

    /** Periods that are looked at one by one, if more became too old at once. */
    private static final int LOOKS = 1_000;

    /** How long a round of another process may take that began when the period was due. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final AuditOptions options;
    private final AuditBook book;
    private final Auditor auditor;

    /** End by beginning; apart from each other. */
    private final TreeMap<Instant, Instant> found = new TreeMap<>();

    /** Those that became too old, with when that was seen, until it is looked whether they were begun. */
    private final TreeMap<Period, Instant> passed = new TreeMap<>();

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
        judge(due);
        return found.entrySet().stream().map(this::text).collect(Collectors.joining("; "));
    }

    private void find(DuePeriods due) throws AuditException {
        Optional<Instant> latest = book.latest(auditor.task());
        if (latest.isEmpty()) {
            return;
        }
        boolean away = latest.get().isBefore(due.first());
        Instant before = first;
        if (before != null) {
            Instant until = away ? latest.get() : due.first();
            options.periods().completed(before, until, LOOKS).stream()
                    .filter(period ->
                            !period.begin().isBefore(before) && !period.end().isAfter(until))
                    .forEach(period -> passed.put(period, due.now()));
        }
        if (away) {
            // Nobody was there since.
            add(new Period(latest.get(), due.first()), due);
        }
    }

    /** Others may still be at it when it has just become too old. */
    private void judge(DuePeriods due) throws AuditException {
        for (Map.Entry<Period, Instant> one : List.copyOf(passed.entrySet())) {
            if (!due.now().isBefore(one.getValue().plus(GRACE))) {
                if (!isBegun(one.getKey())) {
                    add(one.getKey(), due);
                }
                passed.remove(one.getKey());
            }
        }
    }

    /** Whether all of it was done, however it was divided, or it is told as one that was begun. */
    private boolean isBegun(Period period) throws AuditException {
        Map<String, Long> done = book.done(auditor.task(), period).stream()
                .collect(Collectors.groupingBy(key -> key.scope().replaceAll("/.*", ""), Collectors.counting()));
        return done.containsValue((long) HostShare.COUNT)
                || book.open(auditor.task()).stream()
                        .anyMatch(key -> key.period().equals(period));
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
                        + " was not counted by itself, and will not be: what counters showed meanwhile is in the first period after it, as far as they went on"
                : which + " was not audited in time, and will not be: " + reason;
    }
}
