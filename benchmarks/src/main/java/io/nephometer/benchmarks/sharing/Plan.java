// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import java.time.Duration;

/**
 * What is simulated.
 *
 * @param instances on each host at first
 * @param interval between two cycles of an agent; whole seconds
 * @param changing part of the instances that change while it is simulated
 */
record Plan(int hosts, int instances, int minutes, Duration interval, double changing) {
    /** Age beyond which metadata is not what it should be: the interval, and a little for what takes time. */
    Duration allowed() {
        return interval.plusSeconds(5);
    }

    double changesPerServerHour() {
        return changing * 60 / minutes;
    }
}
