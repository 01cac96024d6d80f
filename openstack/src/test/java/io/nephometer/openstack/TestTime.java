// SPDX-License-Identifier: Apache-2.0
package io.nephometer.openstack;

import io.nephometer.openstack.api.ApiTime;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until somebody moves it, or waits in it. Alarms never go off, or at once. */
public final class TestTime {
    /** What the wall clock shows at first. */
    public static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final AtomicLong nanos = new AtomicLong(7_000_000_000L);
    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    private volatile Duration patience = Duration.ofDays(1);

    public ApiTime time() {
        return new ApiTime(this::now, ticker(), this::sleep, this::alarm, new Random(1));
    }

    public Ticker ticker() {
        return nanos::get;
    }

    public Instant now() {
        return START.plusNanos(nanos.get() - 7_000_000_000L);
    }

    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** What was waited, in order. */
    public List<Duration> slept() {
        return List.copyOf(slept);
    }

    private void sleep(Duration time) {
        slept.add(time);
        advance(time);
    }

    private Runnable alarm(Duration time, Runnable action) {
        if (time.compareTo(patience) >= 0) {
            Thread.ofVirtual().start(action);
        }
        return () -> {};
    }

    /** From now on, alarms go off at once. */
    public void ringAtOnce() {
        patience = Duration.ZERO;
    }
}
