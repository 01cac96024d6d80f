// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

import java.time.InstantSource;

/** The wall clock: what time it is. For intervals use {@link Ticker}. */
public final class WallClock {
    private WallClock() {}

    /** The clock of this machine. */
    public static InstantSource system() {
        return InstantSource.system();
    }
}
