// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the periods that nobody began while they could be audited. Looks before a round does anything, whenever another period is the first
 * that is due: after that, what was begun since hides what was not. Used by one thread.
 */
final class MissedPeriods {
    /** Times that are told. */
    private static final int MOST = 5;

    private final AuditOptions options;
    private final AuditBook book;
    private final Auditor auditor;

    /** By where they begin. */
    private final TreeMap<Instant, String> found = new TreeMap<>();

    /** The first that was due at the last look. */
    private @Nullable Instant first;

    MissedPeriods(AuditOptions options, AuditBook book, Auditor auditor) {
        this.options = options;
        this.book = book;
        this.auditor = auditor;
    }

    /** All that were found until now, for people; empty if there are none. */
    String look(DuePeriods due) throws AuditException {
        if (!due.first().equals(first)) {
            Optional<Instant> latest = book.latest(auditor.task());
            latest.filter(end -> end.isBefore(due.first())).ifPresent(end -> found.put(end, text(end, due)));
            if (found.size() > MOST) {
                found.pollFirstEntry();
            }
            first = due.first();
        }
        return found.entrySet().stream().map(Map.Entry::getValue).collect(Collectors.joining("; "));
    }

    /** Between the last period that anybody began and the first that is due now nobody was there. */
    private String text(Instant end, DuePeriods due) {
        String time = end + " up to " + due.first();
        if (auditor.inOrder()) {
            return time
                    + " was not counted by itself, and will not be: what counters showed meanwhile is in the first period after it";
        }
        return time + " was audited by nobody, and will not be: "
                + due.outOfReach(options.periods().lastCompleted(due.first()))
                        .map(reason -> reason.withRemedy(auditor))
                        .orElse("it is not due");
    }
}
