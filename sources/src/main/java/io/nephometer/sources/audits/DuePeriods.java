// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import io.nephometer.model.Period;
import io.nephometer.sources.audits.OutOfReach.Bound;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The periods that are audited at a moment: those that ended not too long ago, and of which the inventory may know all.
 *
 * @param from where the inventory begins; null if nobody has read the cloud yet
 * @param earliest the first of them, as far as time goes
 * @param periods oldest first
 */
record DuePeriods(
        AuditOptions options, Instant now, @Nullable Instant from, Period earliest, List<Period> periods) {
    /** Periods that are looked at in one round: hourly ones of more than two years. */
    private static final int MOST = 20_000;

    static DuePeriods at(Instant now, AuditOptions options, Inventory inventory) throws AuditException {
        Instant from = inventory.place(now).from();
        List<Period> ended = options.periods().completed(now.minus(options.catchUp()), now, MOST);
        // Without an inventory they are held, and said to be.
        List<Period> known = from == null
                ? ended
                : ended.stream()
                        .filter(period -> !period.begin().isBefore(from))
                        .toList();
        return new DuePeriods(options, now, from, ended.getFirst(), known);
    }

    /** Where the first of them begins; if none is known yet, where the first begins that would be. */
    Instant first() {
        return periods.isEmpty() ? earliest.begin() : periods.getFirst().begin();
    }

    /** Why a period is none of them; empty if it is one. */
    Optional<OutOfReach> outOfReach(Period period) {
        Period last = options.periods().lastCompleted(now);
        if (period.end().isAfter(last.end())
                || !options.periods().lastCompleted(period.end()).equals(period)) {
            return Optional.of(new OutOfReach(Bound.PERIODS, "the last period that is over is " + last));
        }
        if (period.begin().isBefore(earliest.begin())) {
            return Optional.of(new OutOfReach(Bound.CATCH_UP, "the earliest period that is audited is " + earliest));
        }
        return from != null && period.begin().isBefore(from)
                ? Optional.of(new OutOfReach(Bound.INVENTORY, "the inventory begins at " + from))
                : Optional.empty();
    }
}
