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
    /** While a commit goes on, its end is looked for this often: what is durable is acknowledged without delay. */
    private static final Duration GLANCE = Duration.ofMillis(2);

    private final Receiver receiver;
    private final BatchLimits limits;
    private final Ticker ticker;
    private final Company company;

    /** A failure of the source that came after the first message of a batch: told when that batch is out of our hands. */
    private @Nullable RuntimeException pending;

    /** What else the thread has to look after while it waits for messages. */
    @FunctionalInterface
    interface Company {
        /** Asked before each message. */
        Patience patience() throws InterruptedException;
    }

    BatchCollector(Receiver receiver, BatchLimits limits, Ticker ticker, Company company) {
        this.receiver = receiver;
        this.limits = limits;
        this.ticker = ticker;
        this.company = company;
    }

    /**
     * The next batch, in the order of delivery.
     *
     * @param idle how long to wait for the first message at most
     * @return empty if none came in that time, or if patience ended
     * @throws RuntimeException what the source threw, once the messages it gave before are handed on
     */
    List<Delivery> next(Duration idle) throws InterruptedException {
        RuntimeException failure = pending;
        if (failure != null) {
            pending = null;
            throw failure;
        }
        List<Delivery> batch = new ArrayList<>();
        Delivery delivery = receive(idle);
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
            return receive(wait);
        } catch (RuntimeException e) {
            pending = e;
            return null;
        }
    }

    private @Nullable Delivery receive(Duration wait) throws InterruptedException {
        long deadline = ticker.nanos() + wait.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - ticker.nanos()));
            switch (company.patience()) {
                case NONE -> {
                    return null;
                }
                case ENDLESS -> {
                    return receiver.receive(left);
                }
                case BRIEF -> {
                    Delivery delivery = receiver.receive(left.compareTo(GLANCE) < 0 ? left : GLANCE);
                    if (delivery != null || left.isZero() || receiver.isExhausted()) {
                        return delivery;
                    }
                }
            }
        }
    }
}
