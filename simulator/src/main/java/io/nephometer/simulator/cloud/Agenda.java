// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator.cloud;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What is to happen later, by time and then in the order in which it was planned. Not thread-safe. */
final class Agenda {
    private final PriorityQueue<Item> items =
            new PriorityQueue<>(Comparator.comparing(Item::due).thenComparingLong(Item::number));
    private long planned;

    private record Item(Instant due, long number, Consumer<Instant> action) {}

    void plan(Instant due, Consumer<Instant> action) {
        items.add(new Item(due, planned++, action));
    }

    /** Does what is due, each with the instant at which it was; what that plans and is due is done too. */
    void run(Instant until) {
        Item item = items.peek();
        while (item != null && !item.due().isAfter(until)) {
            items.remove();
            item.action().accept(item.due());
            item = items.peek();
        }
    }
}
