// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a loop waits; ends early when the loop is to stop. */
interface Pause {
    /** Waits; true if the loop is to stop. */
    boolean await(Duration time) throws InterruptedException;

    /** Waits for {@code stop} at most that long. */
    static Pause until(CountDownLatch stop) {
        return time -> stop.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
