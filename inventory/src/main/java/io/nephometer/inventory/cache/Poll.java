// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.api.ServiceTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The last time that Nova told what it has.
 *
 * @param at before this moment nothing is missing; on Nova's clock if it tells, else on ours
 * @param novasClock whether Nova told
 * @param tick of our ticker before the question was sent, nanoseconds
 */
public record Poll(Instant at, boolean novasClock, long tick) {
    /** How much further a window reaches if Nova does not tell its time, so that ours stands in. */
    private static final int BLIND = 5;

    public static Poll of(ServiceTime asOf, long tick) {
        return new Poll(asOf.instant(), asOf.ofService(), tick);
    }

    /** Where the next list of changes begins. */
    public Instant since(Duration overlap) {
        return at.minus(margin(overlap));
    }

    /** Where a list of changes that is asked for now may end: nothing that happened yet is later, however the hosts' clocks are. */
    public Instant until(Duration overlap, long now) {
        return expected(now).plus(margin(overlap));
    }

    /** What Nova's clock should show now. */
    private Instant expected(long now) {
        return at.plus(age(now));
    }

    public Duration age(long now) {
        return Duration.ofNanos(now - tick);
    }

    /** How far Nova's clock was set since this poll; zero if no further than a window makes good. */
    public Duration stepTo(Poll next, Duration overlap) {
        Duration step = Duration.between(expected(next.tick), next.at);
        return step.abs().compareTo(overlap.dividedBy(2)) > 0 ? step : Duration.ZERO;
    }

    private Duration margin(Duration overlap) {
        return novasClock ? overlap : overlap.multipliedBy(BLIND);
    }
}
