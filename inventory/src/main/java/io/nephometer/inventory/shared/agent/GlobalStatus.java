// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.LocalInventory;
import io.nephometer.inventory.cache.ReadCount;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.cache.SharedReport;
import io.nephometer.inventory.shared.Head;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a refresh leaves for reports: never changed, so that a report does not wait for the next refresh.
 *
 * @param told what readers see instead of the set, while Nova is asked; null if they see the set
 */
record GlobalStatus(
        String host,
        SharedSet set,
        Freshness freshness,
        @Nullable LocalInventory told,
        @Nullable Refresh last,
        @Nullable Refresh lastDone,
        long failures,
        @Nullable String failure,
        CacheReport.Counts counts,
        SharedReport shared) {
    static SharedReport.Seen seen(Head head, SharedSet set) {
        return new SharedReport.Seen(
                head.now(),
                head.incarnation(),
                head.set(),
                set.edition() == null ? 0 : set.edition().version(),
                head.cloud(),
                head.seat(),
                head.seatLeft(),
                head.wanted(),
                head.refusedWrites(),
                head.refreshRecord());
    }

    CacheReport report(ReadCount reads, Instant at, long now) {
        return told == null ? ofSet(reads, at, now) : ofNova(told.report(), reads);
    }

    private CacheReport ofSet(ReadCount reads, Instant at, long now) {
        return new CacheReport(
                host,
                true,
                at,
                freshness.origin(),
                freshness.asOf(),
                freshness.novasClock(),
                freshness.age(now),
                null,
                last,
                lastDone,
                failures,
                failure,
                reads.instances(set.instances().size(), 0),
                reads.flavors(set.flavors().known().size(), set.flavors().absent(), 0),
                reads.images(set.images().known().size(), set.images().absent(), 0),
                0,
                counts,
                shared);
    }

    private CacheReport ofNova(CacheReport nova, ReadCount reads) {
        return new CacheReport(
                host,
                true,
                nova.at(),
                nova.origin(),
                nova.asOf(),
                nova.novasClock(),
                nova.age(),
                nova.nextFull(),
                last,
                lastDone,
                failures,
                failure,
                reads.instances(nova.instances().entries(), nova.instances().bound()),
                reads.flavors(
                        nova.flavors().entries(),
                        nova.flavors().absent(),
                        nova.flavors().bound()),
                reads.images(
                        nova.images().entries(),
                        nova.images().absent(),
                        nova.images().bound()),
                nova.tombstones(),
                counts,
                shared);
    }
}
