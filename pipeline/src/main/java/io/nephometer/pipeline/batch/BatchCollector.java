// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Delivery;
import io.nephometer.model.Receiver;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gathers deliveries of a receiver into batches. Used by one thread. */
final class BatchCollector {
    private final Receiver receiver;
    private final BatchLimits limits;
    private final Ticker ticker;

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
     */
    List<Delivery> next(Duration idle) throws InterruptedException {
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
            delivery = left <= 0 ? null : receiver.receive(Duration.ofNanos(left));
        }
        return batch;
    }
}
