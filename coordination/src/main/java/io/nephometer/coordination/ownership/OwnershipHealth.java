// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import io.nephometer.runtime.Health;
import java.time.Duration;

/** In words, how a member is. */
record OwnershipHealth(Standing standing, int owned, int ours) {
    Health at(long now) {
        if (standing.isLeaving()) {
            return new Health.Degraded("stops: owns nothing any more");
        }
        if (standing.isClockOff()) {
            return new Health.Down("this clock is " + standing.clockOff().abs().toMillis() + " ms "
                    + (standing.clockOff().isNegative() ? "behind" : "ahead of") + " that of the ledger, more than "
                    + Standing.CLOCK_LIMIT.toMillis() + " ms: owns nothing until it is set right");
        }
        if (!standing.hasJoined()) {
            return new Health.Down("has not joined: " + standing.failure());
        }
        if (standing.isCut()) {
            return goesOn("no answer of the ledger for more than a lease: ");
        }
        if (standing.isStranded(now)) {
            return stranded(Duration.ofNanos(now - standing.begun()));
        }
        if (standing.standsBy()) {
            return new Health.Degraded("stands by: another process is called "
                    + standing.me().name() + " and was there before; give this one another name, or end that one");
        }
        return owned < ours
                ? new Health.Degraded(counts() + "; waits for epochs of the ledger")
                : new Health.Up(counts());
    }

    private Health stranded(Duration silence) {
        String detail = "no answer of the coordinator for " + silence.toSeconds() + " s ("
                + (standing.failure().isEmpty() ? "no beat" : standing.failure()) + "): ";
        return goesOn(detail);
    }

    private Health goesOn(String detail) {
        return owned == 0
                ? new Health.Down(detail + "owns nothing until it answers")
                : new Health.Degraded(detail + "goes on with " + owned + " units for " + Ownership.STRANDED_PERIODS
                        + " periods of each");
    }

    private String counts() {
        return "owns " + owned + " of " + ours + " units that are its own, beside " + standing.others() + " others";
    }
}
