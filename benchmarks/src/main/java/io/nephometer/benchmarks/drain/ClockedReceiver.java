// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import io.nephometer.model.Delivery;
import io.nephometer.model.Receiver;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the clock of the first message and of each acknowledgement. */
record ClockedReceiver(Receiver inner, DrainClock clock) implements Receiver {
    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public void start() {
        inner.start();
    }

    @Override
    public @Nullable Delivery receive(Duration wait) throws InterruptedException {
        Delivery delivery = inner.receive(wait);
        if (delivery != null) {
            clock.begin();
        }
        return delivery;
    }

    @Override
    public boolean isExhausted() {
        return inner.isExhausted();
    }

    @Override
    public void acknowledge(List<? extends Delivery> deliveries) {
        inner.acknowledge(deliveries);
        clock.settle(deliveries.size());
    }

    @Override
    public void giveBack(List<? extends Delivery> deliveries) {
        throw new IllegalStateException("the store took a batch of " + deliveries.size() + " messages not at once");
    }

    @Override
    public void pause() {
        inner.pause();
    }

    @Override
    public void resume() {
        inner.resume();
    }

    @Override
    public void close() {
        inner.close();
    }
}
