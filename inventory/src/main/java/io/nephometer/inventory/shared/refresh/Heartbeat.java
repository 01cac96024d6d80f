// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something again and again while something else takes long. */
@FunctionalInterface
public interface Heartbeat {
    /**
     * Begins.
     *
     * @return ends it
     */
    Runnable start(Duration period, Runnable beat);

    /** On a thread of its own, in real time. */
    static Heartbeat threaded() {
        return (period, beat) -> {
            CountDownLatch over = new CountDownLatch(1);
            Thread.ofVirtual().name("refresher-lease").start(() -> {
                try {
                    while (!over.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                        beat.run();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            return over::countDown;
        };
    }
}
