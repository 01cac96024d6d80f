// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import java.util.Collection;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The next moment at which something follows from time alone. */
record WakeUp(Standing standing, Collection<Claim> claims) {
    long at(long now) {
        long farthest = standing.lease();
        long wait = LongStream.concat(LongStream.of(farthest), claims.stream().mapToLong(claim -> left(claim, now)))
                .min()
                .orElse(farthest);
        return now + Math.max(0, wait);
    }

    private long left(Claim claim, long now) {
        long untilStranded = standing.validUntil() - now;
        if (untilStranded > 0) {
            Long due = claim.dueAt();
            return Math.min(untilStranded, left(due, now));
        }
        return claim.isOwned() ? untilStranded + Ownership.patience(claim.unit()) : 0;
    }

    private long left(@Nullable Long due, long now) {
        return due == null || due - now <= 0 ? standing.lease() : due - now;
    }
}
