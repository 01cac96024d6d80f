// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks which periods are over and not audited yet, and has them audited, the oldest first. */
public final class AuditRounds {
    /** Periods that are looked at in one round. */
    private static final int MOST = 1_000;

    private final AuditOptions options;
    private final Inventory inventory;
    private final AuditBook book;
    private final Auditor auditor;
    private final AuditObserver observer;

    public AuditRounds(
            AuditOptions options, Inventory inventory, AuditBook book, Auditor auditor, AuditObserver observer) {
        this.options = options;
        this.inventory = inventory;
        this.book = book;
        this.auditor = auditor;
        this.observer = observer;
    }

    /** What is audited. */
    public String task() {
        return auditor.task();
    }

    /**
     * How a round found and left things.
     *
     * @param due audits of these shares that were to be done
     * @param done of them
     * @param overdue the oldest period, of any share, that should be audited by now; null if none
     * @param why the first that was not done had to wait, or broke off; null if none
     */
    public record Report(
            int due,
            int done,
            @Nullable Period overdue,
            @Nullable String why) {}

    /** Does what is due of these shares. */
    public Report run(Collection<Integer> shares) throws AuditException {
        Instant now = book.now();
        List<Period> periods = periods(now);
        if (periods.isEmpty()) {
            return new Report(0, 0, null, null);
        }
        Set<AuditKey> done = book.done(auditor.task(), periods.getFirst().begin());
        int due = 0;
        int completed = 0;
        String why = null;
        Set<Integer> open = new TreeSet<>(shares);
        for (Period period : periods) {
            for (int share : List.copyOf(open)) {
                if (done.contains(auditor.key(period, share))) {
                    continue;
                }
                due++;
                AuditResult result = auditor.run(period, share);
                observer.ended(auditor.task(), result);
                completed += result instanceof AuditResult.Done ? 1 : 0;
                why = why == null ? why(result) : why;
                if (auditor.inOrder() && !(result instanceof AuditResult.Done)) {
                    open.remove(share);
                }
                if (result instanceof AuditResult.Failed || result instanceof AuditResult.Held) {
                    // Later periods need later watermarks.
                    return new Report(due, completed, overdue(periods, now), why);
                }
            }
        }
        return new Report(due, completed, overdue(periods, now), why);
    }

    private static @Nullable String why(AuditResult result) {
        return switch (result) {
            case AuditResult.Held held -> held.why();
            case AuditResult.NotKnown unknown -> unknown.why();
            case AuditResult.Failed failed -> failed.why();
            case AuditResult.Lost _ -> "another took it over";
            case AuditResult.Done _, AuditResult.Taken _ -> null;
        };
    }

    /** Those that the inventory may know of: an inventory that begins later than we would catch up bounds them. */
    private List<Period> periods(Instant now) throws AuditException {
        Instant from = inventory.place(now).from();
        Instant earliest = now.minus(options.catchUp());
        List<Period> periods =
                options.periods().completed(from == null || from.isBefore(earliest) ? earliest : from, now, MOST);
        // Without an inventory the last period is held, and said to be.
        return periods.isEmpty() && from == null ? List.of(options.periods().lastCompleted(now)) : periods;
    }

    private @Nullable Period overdue(List<Period> periods, Instant now) throws AuditException {
        Set<AuditKey> done = book.done(auditor.task(), periods.getFirst().begin());
        Duration patience = options.settle().plus(options.overdue());
        for (Period period : periods) {
            if (now.isBefore(period.end().plus(patience))) {
                return null;
            }
            for (int share = 0; share < HostShare.COUNT; share++) {
                if (!done.contains(auditor.key(period, share))) {
                    return period;
                }
            }
        }
        return null;
    }
}
