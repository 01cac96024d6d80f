// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.Poll;
import io.nephometer.inventory.shared.record.RefreshRecord;
import io.nephometer.inventory.shared.record.RefreshRecord.Cells;
import io.nephometer.openstack.api.ApiException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that what changes in a cell while Nova does not reach it is read afterwards. Nova leaves it out of lists of changes silently,
 * and dates it no later when the cell is back. So Nova is asked now and then whether it reaches all; each time that it does, or reaches
 * others than before, the list of changes begins where everything was reached last.
 *
 * @param before what was known
 * @param now what is known, if a list of changes that is read now fails
 * @param since where the list begins at the latest; null if where it would anyway
 * @param isWhole whether Nova says that it reaches all
 */
record CellWatch(
        @Nullable Cells before,
        @Nullable Cells now,
        @Nullable Instant since,
        boolean isWhole,
        long unreached) {
    private static final Logger LOG = LoggerFactory.getLogger(CellWatch.class);

    /**
     * Asks Nova, if it is time to.
     *
     * @param base up to when the cache is complete
     */
    static CellWatch look(Seated work, Situation situation, Poll base) {
        RefreshRecord last = situation.last();
        Cells before = last == null ? null : last.cells();
        Instant at = situation.head().now();
        if (before != null && at.isBefore(before.asked().plus(work.options().urgent()))) {
            return new CellWatch(before, before, null, false, before.unreached());
        }
        Instant reached = before == null ? base.at() : before.reached();
        long known = before == null ? 0 : before.unreached();
        Cells asked = new Cells(at, reached, known);
        Set<String> hosts = ask(work);
        if (hosts == null) {
            return new CellWatch(before, asked, null, false, known);
        }
        boolean whole = hosts.isEmpty();
        return new CellWatch(before, asked, whole || hosts.size() != known ? reached : null, whole, hosts.size());
    }

    /** Hosts of cells that are not reached; null if Nova does not say. */
    private static @Nullable Set<String> ask(Seated work) {
        try {
            return work.cloud().unreachedHosts().orElse(null);
        } catch (ApiException e) {
            LOG.warn(
                    "Nova does not say whether it reaches all of its cells; what changes in one that is down is found by the next whole"
                            + " reading: {}",
                    e.getMessage());
            return null;
        }
    }

    /** What is known after a list of changes was read up to a moment. */
    @Nullable Cells after(Poll poll) {
        return now == null || now.equals(before)
                ? now
                : new Cells(now.asked(), isWhole ? poll.at() : now.reached(), unreached);
    }
}
