// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a shared cache is.
 *
 * @param incarnation drawn anew whenever the cache is found empty
 * @param set the set that readers see; 0 before the first was filled
 * @param refreshRecord what the last refresher said of its last refresh; null before
 * @param flavors grows with every change of a flavor
 * @param images grows with every change of an image
 * @param now on the clock of the cache
 * @param seat who refreshes; null if nobody
 * @param seatLeft how long that lasts unless renewed
 * @param wanted why a refresh is wanted at once; null if none is
 * @param wishes how often one was wanted so far; what a refresh that begins now will have granted
 * @param cloud by what the Nova is known whose instances these are; null if no refresher said so yet
 * @param refusedWrites writes of former refreshers that were refused, since the cache was last empty
 */
public record Head(
        String incarnation,
        long set,
        @Nullable String refreshRecord,
        long flavors,
        long images,
        Instant now,
        @Nullable String seat,
        Duration seatLeft,
        @Nullable String wanted,
        long wishes,
        @Nullable String cloud,
        long refusedWrites) {
    /** Whether there is anything to read. */
    public boolean isFilled() {
        return set > 0;
    }
}
