// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a refresh leaves for reports: never changed, so that a report does not wait for the next refresh. */
record CacheStatus(
        @Nullable Refresh last,
        @Nullable Refresh lastDone,
        long failures,
        @Nullable String failure,
        CacheReport.Counts counts,
        int tombstones,
        int unnamedFlavors,
        @Nullable Instant nextFull) {
    static CacheStatus of(RefreshBook book, Tally tally, Renewal renewal, Catalog catalog, Instant instant, long now) {
        Duration untilFull = renewal.untilFull(now);
        return new CacheStatus(
                book.last(),
                book.lastDone(),
                book.failures(),
                book.failure(),
                new CacheReport.Counts(book.counts(), book.requests(), tally.byLabel()),
                renewal.tombstones(),
                catalog.flavorIds().unknown(),
                untilFull.isZero() ? null : instant.plus(untilFull));
    }

    CacheReport report(String host, CacheOptions options, Holding held, ReadCount reads, Instant instant, long now) {
        Poll poll = held.poll();
        return new CacheReport(
                host,
                options.caching(),
                instant,
                held.origin(),
                poll == null ? null : poll.at(),
                poll != null && poll.novasClock(),
                poll == null ? Duration.ZERO : poll.age(now),
                nextFull,
                last,
                lastDone,
                failures,
                failure,
                reads.instances(held.instances().size(), options.maxInstances()),
                reads.flavors(
                        held.flavors().size() + unnamedFlavors,
                        absent(held.flavors()) + unnamedFlavors,
                        options.maxEntries()),
                reads.images(held.images().size(), absent(held.images()), options.maxEntries()),
                tombstones,
                counts,
                null);
    }

    private static <T> int absent(Map<String, Known<T>> held) {
        return (int)
                held.values().stream().filter(known -> known.value().isEmpty()).count();
    }
}
