// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.AuditKey;
import io.nephometer.model.HostShare;
import io.nephometer.model.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks which periods are over and not audited yet, and has them audited: the latest first, since that is what somebody waits for, and what
 * was missed behind it; the oldest first where a period goes on from the one before. Used by one thread.
 */
public final class AuditRounds {
    /** Periods that are shorter are of no interest for long: what was missed of them is a hole, and the next one tells how it is. */
    private static final Duration SHORT = Duration.ofHours(1);

    /** Audits that are done in one round; another period may be over by then, and others wait for their turn. */
    private static final int AT_ONCE = 4 * HostShare.COUNT;

    private final AuditOptions options;
    private final Inventory inventory;
    private final AuditBook book;
    private final Auditor auditor;
    private final AuditObserver observer;
    private final DoneAudits done;

    /** When was looked first. */
    private @Nullable Instant looking;

    private final MissedPeriods missed;

    public AuditRounds(
            AuditOptions options, Inventory inventory, AuditBook book, Auditor auditor, AuditObserver observer) {
        this.options = options;
        this.inventory = inventory;
        this.book = book;
        this.auditor = auditor;
        this.observer = observer;
        this.done = new DoneAudits(book, auditor.task());
        this.missed = new MissedPeriods(options, book, auditor);
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
     * @param left what will not be done, and why: the periods that nobody began in time, as far as this process saw it; the oldest audit that was begun and is not done; null if none
     */
    public record Report(
            int due,
            int done,
            boolean more,
            @Nullable Period overdue,
            @Nullable String why,
            @Nullable String left) {}

    /** Does what is due of these shares, as far as it fits into a round. */
    public Report run(Collection<Integer> shares) throws AuditException {
        Instant now = book.now();
        DuePeriods due = DuePeriods.at(now, options, inventory);
        List<Period> periods = due.periods();
        String left = Stream.of(isShort() ? "" : missed.look(due), begun(due))
                .filter(one -> !one.isEmpty())
                .reduce((one, other) -> one + "; " + other)
                .orElse(null);
        if (periods.isEmpty()) {
            return new Report(0, 0, false, null, null, left);
        }
        Instant first = periods.getFirst().begin();
        Instant late = now.minus(patience());
        Round round = new Round(shares, done.look(first.isBefore(late) ? first : late, now));
        for (Period period : auditor.inOrder() ? periods : periods.reversed()) {
            if (!round.run(period)) {
                break;
            }
        }
        return new Report(round.due, round.completed, round.more, overdue(periods, now, round.known), round.why, left);
    }

    /**
     * Why an audit is not done, though somebody wants it again; empty if it is.
     *
     * @throws AuditException if nobody can say
     */
    public Optional<OutOfReach> outOfReach(AuditKey key) throws AuditException {
        return outOfReach(key, DuePeriods.at(book.now(), options, inventory));
    }

    private Optional<OutOfReach> outOfReach(AuditKey key, DuePeriods due) {
        for (int share = 0; share < HostShare.COUNT; share++) {
            if (auditor.key(key.period(), share).equals(key)) {
                return due.outOfReach(key.period());
            }
        }
        String first = auditor.key(key.period(), 0).scope();
        return Optional.of(new OutOfReach(OutOfReach.Bound.SCOPE, "shares are called as " + first + " is"));
    }

    private boolean isShort() {
        return options.periods().longest().compareTo(SHORT) < 0;
    }

    private String begun(DuePeriods due) throws AuditException {
        if (isShort()) {
            return "";
        }
        AuditKey oldest = null;
        for (AuditKey key : book.open(auditor.task())) {
            boolean older = oldest == null || key.period().compareTo(oldest.period()) < 0;
            oldest = older && outOfReach(key, due).isPresent() ? key : oldest;
        }
        return oldest == null
                ? ""
                : oldest.period() + " (" + oldest.scope() + ") was begun and is not done any more: "
                        + outOfReach(oldest, due)
                                .map(reason -> reason.withRemedy(auditor))
                                .orElse("");
    }

    /** One round. */
    private final class Round {
        private final Set<Integer> open;
        private final Set<AuditKey> known;
        private int due;
        private int completed;
        private boolean more;
        private @Nullable String why;

        Round(Collection<Integer> shares, Set<AuditKey> known) {
            this.open = new TreeSet<>(shares);
            this.known = known;
        }

        /** Audits a period. Whether others may be. */
        boolean run(Period period) {
            for (int share : List.copyOf(open)) {
                if (known.contains(auditor.key(period, share))) {
                    continue;
                }
                if (completed == AT_ONCE) {
                    more = true;
                    return false;
                }
                due++;
                AuditResult result = auditor.run(period, share);
                note(period, share, result);
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

        private void note(Period period, int share, AuditResult result) {
            observer.ended(auditor.task(), result);
            if (result instanceof AuditResult.Done) {
                completed++;
                done.add(auditor.key(period, share));
            }
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

    private Duration patience() {
        return options.settle().plus(options.overdue());
    }

    private @Nullable Period overdue(List<Period> periods, Instant now, Set<AuditKey> known) {
        for (Period period : periods) {
            if (now.isBefore(period.end().plus(patience()))) {
                return standingStill(periods.getFirst(), now, known);
            }
            for (int share = 0; share < HostShare.COUNT; share++) {
                if (!known.contains(auditor.key(period, share))) {
                    return period;
                }
            }
        }
        return null;
    }

    /**
     * Where periods are not made up for as long as they may be late, none is ever seen that is. There some must have been done meanwhile, once
     * it has been looked for so long.
     */
    private @Nullable Period standingStill(Period oldest, Instant now, Set<AuditKey> known) {
        Instant since = looking == null || now.isBefore(looking) ? now : looking;
        looking = since;
        Instant late = now.minus(patience());
        if (options.back().compareTo(patience()) >= 0 || since.isAfter(late)) {
            return null;
        }
        Set<String> moving = known.stream()
                .filter(key -> key.period().end().isAfter(late))
                .map(AuditKey::scope)
                .collect(Collectors.toSet());
        for (int share = 0; share < HostShare.COUNT; share++) {
            if (!moving.contains(auditor.key(oldest, share).scope())) {
                return oldest;
            }
        }
        return null;
    }
}
