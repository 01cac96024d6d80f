// SPDX-License-Identifier: Apache-2.0
package io.nephometer.hypervisor.libvirt;

import io.nephometer.hypervisor.HypervisorException;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spares a hypervisor that cannot be reached: after each failed connection none is tried for a while, twice as long as the time
 * before. The longest wait is below the shortest interval of polling that makes sense, so that it costs one slot at most. For
 * one thread.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(8);

    private final Ticker ticker;
    private @Nullable HypervisorException last;
    private Duration wait = FIRST;
    private long failed;

    Backoff(Ticker ticker) {
        this.ticker = ticker;
    }

    /** @throws HypervisorException of the kind of the last failure, if it is too early for another attempt */
    void check() throws HypervisorException {
        HypervisorException failure = last;
        if (failure == null) {
            return;
        }
        long left = wait.toNanos() - (ticker.nanos() - failed);
        if (left > 0) {
            throw new HypervisorException(
                    failure.kind(),
                    failure.getMessage() + "; tried again in "
                            + Duration.ofNanos(left).toMillis() + " ms",
                    failure);
        }
    }

    void failed(HypervisorException failure) {
        Duration next = last == null ? FIRST : wait.multipliedBy(2);
        wait = next.compareTo(LONGEST) > 0 ? LONGEST : next;
        last = failure;
        failed = ticker.nanos();
    }

    void succeeded() {
        last = null;
    }
}
