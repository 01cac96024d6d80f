// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.api;

import java.time.Duration;

/** Waits; tests may wait in their own way. */
@FunctionalInterface
public interface Pause {
    /** Returns after that time, or throws when interrupted. */
    void pause(Duration time) throws InterruptedException;
}
