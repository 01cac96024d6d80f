// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time in which the store takes nothing: probes it with back-off until it answers again. Used by one thread. */
final class StoreWait {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWait.class);

    private final String source;
    private final BooleanSupplier available;
    private final Backoff backoff;
    private final Pause pause;
    private final Ticker ticker;
    private final BatchObserver observer;

    /** Waits since the last durable batch; a store that answers probes but takes nothing is asked ever less often. */
    private int waits;

    StoreWait(
            String source,
            BooleanSupplier available,
            Backoff backoff,
            Pause pause,
            Ticker ticker,
            BatchObserver observer) {
        this.source = source;
        this.available = available;
        this.backoff = backoff;
        this.pause = pause;
        this.ticker = ticker;
        this.observer = observer;
    }

    /**
     * Waits at least once, so that a store which answers probes but not commits makes no hot loop.
     *
     * @return whether the store answers; false if the loop is to stop
     */
    boolean await(String cause) throws InterruptedException {
        long begin = ticker.nanos();
        observer.postponed(cause);
        if (waits == 0) {
            LOG.warn("Store unavailable, consuming of {} stopped, nothing is lost: {}", source, cause);
        }
        do {
            if (pause.await(backoff.before(waits++))) {
                return false;
            }
        } while (!available.getAsBoolean());
        observer.resumed(Duration.ofNanos(ticker.nanos() - begin));
        return true;
    }

    /** A batch became durable. */
    void end() {
        if (waits > 0) {
            LOG.info("Store takes batches of {} again after {} probes", source, waits);
            waits = 0;
        }
    }
}
