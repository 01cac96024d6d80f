// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.audits;

import java.time.Duration;

/**
 * When periods are audited, whatever is audited of them.
 *
 * @param periods how time is cut
 * @param settle how long after the end of a period everything that happened in it is visible: longer than the longest transaction of the cloud
 * @param catchUp how long ago periods that were missed may have ended; the one that ended last is audited in any case
 * @param overdue how long after its end a period may be unaudited before that is told
 */
public record AuditOptions(Periods periods, Duration settle, Duration catchUp, Duration overdue) {
    public AuditOptions {
        if (settle.isNegative() || catchUp.isNegative() || overdue.isNegative()) {
            throw new IllegalArgumentException("times of an audit are not negative");
        }
    }

    /** How long ago a period that is audited ended at most: as long as is caught up, and never less than until the next one ends. */
    public Duration back() {
        Duration longest = periods.longest();
        return catchUp.compareTo(longest) < 0 ? longest : catchUp;
    }

    /** How long ago a period that is audited began at most. What audits read must be kept for as long, at least. */
    public Duration reach() {
        return back().plus(periods.longest());
    }
}
