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
 * and dates it no later when the cell is back. So Nova is asked now and then which cells it does not reach. If one is back, the list of
 * changes begins where that was reached last. If none is, another may have been away in between: the list begins where Nova was asked last.
 *
 * @param now what is known, if a list of changes that is read now fails
 * @param since where the list begins at the latest; null if where it would anyway
 * @param hosts those of cells that are not reached; null if Nova was not asked, or does not say
 */
record CellWatch(
        @Nullable Cells now,
        @Nullable Instant since,
        @Nullable Set<String> hosts) {
    private static final Logger LOG = LoggerFactory.getLogger(CellWatch.class);

    /**
     * Asks Nova, if it is time to.
     *
     * @param base up to when the cache is complete
     * @param falls what this refresher knows of cells that are not reached
     */
    static CellWatch look(Seated work, Situation situation, Poll base, CellFalls falls) {
        RefreshRecord last = situation.last();
        Cells before = last == null ? null : last.cells();
        Instant at = situation.head().now();
        if (before != null && at.isBefore(before.asked().plus(work.options().urgent()))) {
            return new CellWatch(before, null, null);
        }
        Cells known = before == null
                ? Cells.all(at, base.at())
                : new Cells(at, before.reached(), before.checked(), before.unreached(), before.names());
        Set<String> hosts = ask(work);
        if (hosts == null) {
            return new CellWatch(known, null, null);
        }
        return new CellWatch(known, falls.since(known, hosts), hosts);
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
    @Nullable Cells after(Poll poll, CellFalls falls) {
        if (now == null || hosts == null) {
            return now;
        }
        falls.read(now, hosts, poll.at());
        return Cells.of(now.asked(), hosts.isEmpty() ? poll.at() : now.reached(), poll.at(), hosts);
    }
}
