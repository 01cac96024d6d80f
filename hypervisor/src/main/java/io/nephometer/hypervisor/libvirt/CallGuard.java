// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.runtime.Ticker;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Between the thread that calls libvirt and the one that waits for it: when the call of now began, and whether anybody still
 * waits. Thread-safe.
 */
final class CallGuard {
    private final Ticker ticker;
    private final AtomicLong began;
    private final AtomicBoolean abandoned = new AtomicBoolean();

    CallGuard(Ticker ticker) {
        this.ticker = ticker;
        this.began = new AtomicLong(ticker.nanos());
    }

    /**
     * A call begins that may hang.
     *
     * @throws CancellationException if nobody waits any more
     */
    void begin() {
        if (abandoned.get()) {
            throw new CancellationException("nobody waits for this inspection");
        }
        began.set(ticker.nanos());
    }

    /** How long the call of now has taken, in nanoseconds. */
    long elapsed() {
        return ticker.nanos() - began.get();
    }

    /** Nobody waits any more. */
    void abandon() {
        abandoned.set(true);
    }

    boolean isAbandoned() {
        return abandoned.get();
    }
}
