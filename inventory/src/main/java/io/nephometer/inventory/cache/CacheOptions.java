// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.time.Duration;

/**
 * How much the cache of an agent may hold, and for how long.
 *
 * @param caching {@code resource_metadata_caching}; false asks for everything in each cycle, and forgets what a failed cycle
 *     could not ask
 * @param updateInterval {@code resource_update_interval}: time that passes at least between two refreshes; zero refreshes in
 *     each cycle
 * @param expiry {@code resource_cache_expiry}: time after which all servers are read again at the latest
 * @param overlap how far a list of changes reaches back behind the last one; as much as the clocks of the hosts that
 *     Nova runs on may be
 *     apart
 * @param flavorExpiry time after which a flavor is asked for again at the latest
 * @param imageExpiry time after which an image is asked for again at the latest
 * @param absenceExpiry how long it is remembered that there is no such flavor or image
 * @param maxInstances a list of more than these is not believed
 * @param maxEntries flavors, images and tombstones that are held, of each
 * @param maxLookups servers asked for one by one in a refresh; beyond it all are read again, which is cheaper
 */
public record CacheOptions(
        boolean caching,
        Duration updateInterval,
        Duration expiry,
        Duration overlap,
        Duration flavorExpiry,
        Duration imageExpiry,
        Duration absenceExpiry,
        int maxInstances,
        int maxEntries,
        int maxLookups) {
    /** What an agent does if nobody says otherwise. */
    public static final CacheOptions DEFAULTS = new CacheOptions(
            true,
            Duration.ZERO,
            Duration.ofHours(1),
            Duration.ofMinutes(2),
            Duration.ofDays(1),
            Duration.ofHours(6),
            Duration.ofMinutes(5),
            10_000,
            1_000,
            8);

    public CacheOptions {
        if (updateInterval.isNegative()) {
            throw new IllegalArgumentException("resource_update_interval is negative: " + updateInterval);
        }
        positive("resource_cache_expiry", expiry);
        positive("overlap", overlap);
        positive("flavor expiry", flavorExpiry);
        positive("image expiry", imageExpiry);
        positive("absence expiry", absenceExpiry);
        if (maxInstances < 1 || maxEntries < 1 || maxLookups < 0) {
            throw new IllegalArgumentException("a cache that may hold nothing: " + maxInstances + " instances, "
                    + maxEntries + " entries, " + maxLookups + " lookups");
        }
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be more than nothing: " + duration);
        }
    }

    public CacheOptions withCaching(boolean other) {
        return new CacheOptions(
                other,
                updateInterval,
                expiry,
                overlap,
                flavorExpiry,
                imageExpiry,
                absenceExpiry,
                maxInstances,
                maxEntries,
                maxLookups);
    }

    public CacheOptions withUpdateInterval(Duration other) {
        return new CacheOptions(
                caching,
                other,
                expiry,
                overlap,
                flavorExpiry,
                imageExpiry,
                absenceExpiry,
                maxInstances,
                maxEntries,
                maxLookups);
    }

    public CacheOptions withExpiry(Duration other) {
        return new CacheOptions(
                caching,
                updateInterval,
                other,
                overlap,
                flavorExpiry,
                imageExpiry,
                absenceExpiry,
                maxInstances,
                maxEntries,
                maxLookups);
    }

    /** With other bounds. */
    public CacheOptions bounded(int instances, int entries, int lookups) {
        return new CacheOptions(
                caching,
                updateInterval,
                expiry,
                overlap,
                flavorExpiry,
                imageExpiry,
                absenceExpiry,
                instances,
                entries,
                lookups);
    }
}
