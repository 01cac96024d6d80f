// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Delivery;
import io.nephometer.model.Receiver;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers deliveries of a receiver into batches. Used by one thread. */
final class BatchCollector {
    private final Receiver receiver;
    private final BatchLimits limits;
    private final Ticker ticker;

    /** A failure of the source that came after the first message of a batch: told when that batch is out of our hands. */
    private @Nullable RuntimeException pending;

    BatchCollector(Receiver receiver, BatchLimits limits, Ticker ticker) {
        this.receiver = receiver;
        this.limits = limits;
        this.ticker = ticker;
    }

    /**
     * The next batch, in the order of delivery.
     *
     * @param idle how long to wait for the first message at most
     * @return empty if none came in that time
     * @throws RuntimeException what the source threw, once the messages it gave before are handed on
     */
    List<Delivery> next(Duration idle) throws InterruptedException {
        RuntimeException failure = pending;
        if (failure != null) {
            pending = null;
            throw failure;
        }
        List<Delivery> batch = new ArrayList<>();
        Delivery delivery = receiver.receive(idle);
        long deadline = ticker.nanos() + limits.timeout().toNanos();
        long bytes = 0;
        while (delivery != null) {
            batch.add(delivery);
            bytes += delivery.message().body().size();
            if (batch.size() >= limits.maxMessages() || bytes >= limits.maxBytes()) {
                break;
            }
            long left = deadline - ticker.nanos();
            delivery = left <= 0 ? null : further(Duration.ofNanos(left));
        }
        return batch;
    }

    private @Nullable Delivery further(Duration wait) throws InterruptedException {
        try {
            return receiver.receive(wait);
        } catch (RuntimeException e) {
            pending = e;
            return null;
        }
    }
}
