// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack.api;

import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Everything about time and chance that requests depend on.
 *
 * @param random spreads repeated attempts
 */
public record ApiTime(InstantSource clock, Ticker ticker, Sleeper sleeper, Alarm alarm, RandomGenerator random) {
    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /** Does something later, unless it is cancelled before. */
    @FunctionalInterface
    public interface Alarm {
        /** The answer cancels it. */
        Runnable after(Duration time, Runnable action);
    }

    /** The real ones. */
    public static ApiTime system(RandomGenerator random) {
        return new ApiTime(WallClock.system(), Ticker.system(), Thread::sleep, ApiTime::later, random);
    }

    private static Runnable later(Duration time, Runnable action) {
        CompletableFuture<Void> pending = CompletableFuture.runAsync(
                action, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS));
        return () -> pending.cancel(false);
    }
}
