// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import java.time.Duration;

/**
 * When to beat: each third of the lease; sooner after a failure, ever less soon while it lasts; and soon after a hint, but not much more
 * often than by turn. Times are those of a ticker. Not thread-safe.
 */
public final class BeatSchedule {
    private static final int BEATS_PER_LEASE = 3;
    /** Of the lease: the shortest time between the beginnings of two beats. */
    private static final int SHORTEST_PART = 20;

    private static final int LONGEST_SHIFT = 3;

    private final long turn;
    private final long shortest;
    private boolean begun;
    private long last;
    private long next;
    private int failures;

    /** The first beat is due at once. */
    public BeatSchedule(Duration lease) {
        this.turn = lease.dividedBy(BEATS_PER_LEASE).toNanos();
        this.shortest = lease.dividedBy(SHORTEST_PART).toNanos();
    }

    /** Whether to beat now. */
    public boolean isDue(long now) {
        return !begun || now - next >= 0;
    }

    /** When to beat next, if nothing hints that it should be sooner. */
    public long next() {
        return next;
    }

    /** A beat is wanted before its turn. */
    public void hint() {
        if (failures == 0 && last + shortest - next < 0) {
            next = last + shortest;
        }
    }

    /** A beat went well. */
    public void succeeded(long beganAt) {
        failures = 0;
        done(beganAt, beganAt + turn);
    }

    /** A beat failed. */
    public void failed(long beganAt, long now) {
        done(beganAt, now + Math.min(turn, shortest << Math.min(failures, LONGEST_SHIFT)));
        failures++;
    }

    private void done(long beganAt, long again) {
        begun = true;
        last = beganAt;
        next = again;
    }
}
