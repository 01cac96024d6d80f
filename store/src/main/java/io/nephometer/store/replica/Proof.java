// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.time.Duration;
import java.time.Instant;

/**
 * What is proven of a replica.
 *
 * @param nanos by our ticker: it lacks nothing committed before
 * @param watermark by the primary's clock: it lacks nothing committed up to then
 */
public record Proof(long nanos, Instant watermark) {
    /** At most so old is what it answers. */
    public Duration staleness(long now) {
        return Duration.ofNanos(Math.max(0, now - nanos));
    }
}
