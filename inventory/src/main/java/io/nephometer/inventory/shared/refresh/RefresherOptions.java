// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.record.Merge;
import java.time.Duration;

/**
 * How a shared cache is kept up to date.
 *
 * @param interval {@code interval_to_update_resource}: how old the cache may become before Nova is asked for what changed
 * @param expiry {@code resource_cache_expiry}: time between two whole readings
 * @param overlap how far a list of changes reaches back behind the last one: twice {@link Merge#OVERLAP}, since a change may be dated
 *     so much too early, and an answer may be taken for stale so much longer
 * @param lease how long the seat lasts unless it is renewed: as long a refresher that died keeps others waiting
 * @param urgent least time between a whole reading and one that was not foreseen
 * @param flavorExpiry time after which the flavors are listed again
 * @param imageExpiry time after which the images are listed again
 * @param maxInstances a list of more than these is not believed
 * @param maxCatalog flavors that are known at most
 * @param maxLookups instances, and images, that are asked for one by one in a refresh
 * @param standbyAsks whether one that waits asks Keystone, too, of which cloud it is, once, so that it says at once if the cache is
 *     another's; if not, it does when the seat is free
 */
public record RefresherOptions(
        Duration interval,
        Duration expiry,
        Duration overlap,
        Duration lease,
        Duration urgent,
        Duration flavorExpiry,
        Duration imageExpiry,
        int maxInstances,
        int maxCatalog,
        int maxLookups,
        boolean standbyAsks) {
    /** What a refresher does if nobody says otherwise. */
    public static final RefresherOptions DEFAULTS = new RefresherOptions(
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            Merge.OVERLAP.multipliedBy(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofDays(1),
            Duration.ofHours(6),
            500_000,
            10_000,
            32,
            true);

    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_SPAN = Duration.ofHours(1);

    /** A whole reading takes at least this part of the time until the next one. */
    private static final int SPAN_PART = 10;

    /** How long what was deleted is remembered, in times of the expiry: longer than any reading that may still show it. */
    private static final int MEMORY = 2;

    public RefresherOptions {
        positive("interval_to_update_resource", interval);
        positive("resource_cache_expiry", expiry);
        positive("overlap", overlap);
        positive("lease", lease);
        if (maxInstances < 1 || maxCatalog < 1 || maxLookups < 0) {
            throw new IllegalArgumentException("a cache that may hold nothing: " + maxInstances + " instances, "
                    + maxCatalog + " flavors, " + maxLookups + " lookups");
        }
    }

    private static void positive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(name + " must be more than nothing: " + duration);
        }
    }

    public RefresherOptions withInterval(Duration other) {
        return new RefresherOptions(
                other,
                expiry,
                overlap,
                lease,
                urgent,
                flavorExpiry,
                imageExpiry,
                maxInstances,
                maxCatalog,
                maxLookups,
                standbyAsks);
    }

    public RefresherOptions withExpiry(Duration other) {
        return new RefresherOptions(
                interval,
                other,
                overlap,
                lease,
                urgent,
                flavorExpiry,
                imageExpiry,
                maxInstances,
                maxCatalog,
                maxLookups,
                standbyAsks);
    }

    /** Where hundreds may refresh: those that wait leave Keystone alone. */
    public RefresherOptions ofMany() {
        return new RefresherOptions(
                interval,
                expiry,
                overlap,
                lease,
                urgent,
                flavorExpiry,
                imageExpiry,
                maxInstances,
                maxCatalog,
                maxLookups,
                false);
    }

    /** Time after a refresh that failed until the next one. */
    Duration retry() {
        return interval.compareTo(LONGEST_RETRY) < 0 ? interval : LONGEST_RETRY;
    }

    /** Over how long the pages of a whole reading are spread. */
    Duration span() {
        Duration part = expiry.dividedBy(SPAN_PART);
        return part.compareTo(LONGEST_SPAN) < 0 ? part : LONGEST_SPAN;
    }

    Duration memory() {
        return expiry.multipliedBy(MEMORY);
    }
}
