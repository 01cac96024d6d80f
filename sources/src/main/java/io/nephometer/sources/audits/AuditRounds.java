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

/**
 * Looks which periods are over and not audited yet, and has them audited: the latest first, since that is what somebody waits for, and what
 * was missed behind it; the oldest first where a period goes on from the one before.
 */
public final class AuditRounds {
    /** Periods that are looked at in one round: hourly ones of more than two years. */
    private static final int MOST = 20_000;

    /** Audits that are done in one round; another period may be over by then, and others wait for their turn. */
    private static final int AT_ONCE = 4 * HostShare.COUNT;

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
     * @param more whether more could be done at once
     * @param overdue the oldest period, of any share, that should be audited by now; null if none
     * @param why the oldest that was not done had to wait, or broke off; null if none
     */
    public record Report(
            int due,
            int done,
            boolean more,
            @Nullable Period overdue,
            @Nullable String why) {}

    /** Does what is due of these shares, as far as it fits into a round. */
    public Report run(Collection<Integer> shares) throws AuditException {
        Instant now = book.now();
        List<Period> periods = periods(now);
        if (periods.isEmpty()) {
            return new Report(0, 0, false, null, null);
        }
        Round round =
                new Round(shares, book.done(auditor.task(), periods.getFirst().begin()));
        for (Period period : auditor.inOrder() ? periods : periods.reversed()) {
            if (!round.run(period)) {
                break;
            }
        }
        return new Report(round.due, round.completed, round.more, overdue(periods, now), round.why);
    }

    /** One round. */
    private final class Round {
        private final Set<Integer> open;
        private final Set<AuditKey> done;
        private int due;
        private int completed;
        private boolean more;
        private @Nullable String why;

        Round(Collection<Integer> shares, Set<AuditKey> done) {
            this.open = new TreeSet<>(shares);
            this.done = done;
        }

        /** Audits a period. Whether others may be. */
        boolean run(Period period) {
            for (int share : List.copyOf(open)) {
                if (done.contains(auditor.key(period, share))) {
                    continue;
                }
                if (completed == AT_ONCE) {
                    more = true;
                    return false;
                }
                due++;
                AuditResult result = auditor.run(period, share);
                note(share, result);
                if (result instanceof AuditResult.Failed) {
                    return false;
                }
                if (result instanceof AuditResult.Held) {
                    // What is later is held as well; what is earlier may be known.
                    return !auditor.inOrder();
                }
            }
            return true;
        }

        private void note(int share, AuditResult result) {
            observer.ended(auditor.task(), result);
            completed += result instanceof AuditResult.Done ? 1 : 0;
            String reason = reason(result);
            if (reason != null && (why == null || !auditor.inOrder())) {
                why = reason; // in the end that of the oldest
            }
            if (auditor.inOrder() && !(result instanceof AuditResult.Done)) {
                open.remove(share);
            }
        }
    }

    private static @Nullable String reason(AuditResult result) {
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
