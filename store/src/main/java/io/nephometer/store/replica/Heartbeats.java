// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Proof of a replica's age without asking its primary: several writers write their clock's time into a table, and what of it has
 * reached the replica was committed after that time, together with all that was committed before it.
 *
 * <p>One writer with a fast clock must not vouch for the rest: of several times the second largest counts.
 *
 * @param margin subtracted: for clocks that are not alike, times cut to seconds, transactions that took their time before they
 *     were committed
 */
public record Heartbeats(Duration margin) {
    public Heartbeats {
        if (margin.isNegative()) {
            throw new IllegalArgumentException("a margin is not negative: " + margin);
        }
    }

    /** The instant up to which a server that shows these times lacks nothing; empty if there are none. */
    public Optional<Instant> watermark(List<Instant> beats) {
        return beats.stream()
                .sorted(Comparator.reverseOrder())
                .limit(2)
                .min(Comparator.naturalOrder())
                .map(second -> second.minus(margin));
    }

    /**
     * The same as a proof.
     *
     * @param wall our wall clock at the moment {@code nanos} of our ticker, when the times were read
     */
    public Optional<Proof> proof(List<Instant> beats, Instant wall, long nanos) {
        // A time in our future was written by a clock that is ahead of ours, nobody knows by how much.
        return watermark(beats)
                .filter(watermark -> !watermark.isAfter(wall))
                .map(watermark ->
                        new Proof(nanos - Duration.between(watermark, wall).toNanos(), watermark));
    }
}
