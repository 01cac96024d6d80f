// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.model.Delivery;
import io.nephometer.model.Receiver;
import io.nephometer.sources.notifications.InProcessBus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A receiver that has an end: when nobody sends any more and the bus is empty. */
record EndingReceiver(Receiver receiver, InProcessBus bus, Thread sender) implements Receiver {
    @Override
    public boolean isExhausted() {
        return !sender.isAlive() && bus.depth() == 0;
    }

    @Override
    public String name() {
        return receiver.name();
    }

    @Override
    public void start() {
        receiver.start();
    }

    @Override
    public @Nullable Delivery receive(Duration wait) throws InterruptedException {
        return receiver.receive(wait);
    }

    @Override
    public void acknowledge(List<? extends Delivery> deliveries) {
        receiver.acknowledge(deliveries);
    }

    @Override
    public void giveBack(List<? extends Delivery> deliveries) {
        receiver.giveBack(deliveries);
    }

    @Override
    public void pause() {
        receiver.pause();
    }

    @Override
    public void resume() {
        receiver.resume();
    }

    @Override
    public void close() {
        receiver.close();
    }
}
