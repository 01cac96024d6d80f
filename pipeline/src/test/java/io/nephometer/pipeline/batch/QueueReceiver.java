// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.batch;

import io.nephometer.model.Bytes;
import io.nephometer.model.Delivery;
import io.nephometer.model.RawMessage;
import io.nephometer.model.Receiver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A receiver over a list of texts that ends with them; each wait for a message moves the ticker by a fixed time. */
final class QueueReceiver implements Receiver {
    final List<String> settled = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final ManualTicker ticker;
    private final Duration gap;
    private int unsettled;

    QueueReceiver(ManualTicker ticker, Duration gap, List<String> bodies) {
        this.ticker = ticker;
        this.gap = gap;
        bodies.forEach(body -> waiting.add(new TextDelivery(RawMessage.ofBody(Bytes.utf8(body)))));
    }

    static String text(Delivery delivery) {
        return delivery.message().body().toText();
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public void start() {}

    @Override
    public @Nullable Delivery receive(Duration wait) {
        if (gap.compareTo(wait) > 0) {
            ticker.advance(wait);
            return null;
        }
        ticker.advance(gap);
        Delivery next = waiting.pollFirst();
        if (next != null) {
            unsettled++;
        }
        return next;
    }

    @Override
    public boolean isExhausted() {
        return waiting.isEmpty() && unsettled == 0;
    }

    @Override
    public void acknowledge(List<? extends Delivery> deliveries) {
        unsettled -= deliveries.size();
        deliveries.forEach(delivery -> settled.add(text(delivery)));
    }

    @Override
    public void giveBack(List<? extends Delivery> deliveries) {
        calls.add("give back " + deliveries.size());
        unsettled -= deliveries.size();
        deliveries.reversed().forEach(waiting::addFirst);
    }

    @Override
    public void pause() {
        calls.add("pause");
    }

    @Override
    public void resume() {
        calls.add("resume");
    }

    @Override
    public void close() {}

    private record TextDelivery(RawMessage message) implements Delivery {}
}
