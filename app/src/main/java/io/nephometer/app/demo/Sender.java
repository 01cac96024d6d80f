// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.demo;

import io.nephometer.model.RawMessage;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.notifications.InProcessBus;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** Puts the messages of a replay on the bus, evenly over a time. */
record Sender(Replay replay, InProcessBus bus, Duration length, Ticker ticker) {
    private static final Duration ROOM_WITHIN = Duration.ofMinutes(1);

    /** Runs to the end, or until it is interrupted; tells how many were sent after each. */
    void run(IntConsumer sent) {
        long begin = ticker.nanos();
        int total = replay.messages().size();
        int number = 0;
        try {
            for (RawMessage message : replay.messages()) {
                long due = begin + length.toNanos() / total * number;
                while (ticker.nanos() < due && !Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(due - ticker.nanos());
                }
                if (!bus.publish(message, ROOM_WITHIN)) {
                    throw new IllegalStateException(
                            "the bus had no room for message " + number + " within " + ROOM_WITHIN);
                }
                number++;
                sent.accept(number);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
