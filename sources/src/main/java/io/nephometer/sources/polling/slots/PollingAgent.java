// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.slots;

import io.nephometer.runtime.Health;
import io.nephometer.runtime.Ticker;
import io.nephometer.sources.polling.MeasurementSink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Measures several intervals, each on a thread of its own, until it is closed. */
public final class PollingAgent implements AutoCloseable {
    /** For what is being handed over; an inspection that hangs is left behind. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final List<SlotLoop> loops = new ArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    /** @param measurings with different intervals; a sink that is closed after this */
    public PollingAgent(
            List<Measuring> measurings,
            SlotOptions options,
            MeasurementSink sink,
            InstantSource clock,
            Ticker ticker,
            SlotObserver observer) {
        Pause pause = Pause.until(stop);
        for (Measuring measuring : measurings) {
            Delivery delivery = new Delivery(sink, clock, observer, pause);
            loops.add(new SlotLoop(measuring, options, delivery, clock, ticker, observer, stop, pause));
        }
    }

    /** Begins with the slots that run now, if enough of them is left. */
    public void start() {
        for (SlotLoop loop : loops) {
            threads.add(Thread.ofVirtual().name("polling-" + threads.size()).start(loop));
        }
    }

    /** The worst of all intervals. An interval that nobody measures any more is down. */
    public Health health() {
        if (loops.isEmpty()) {
            return new Health.Degraded("the polling definition wants no meter that is measured here");
        }
        List<Health> all = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            boolean alive = i >= threads.size() || threads.get(i).isAlive();
            all.add(loops.get(i).health(alive));
        }
        String detail = all.stream().map(Health::detail).collect(Collectors.joining("; "));
        if (all.stream().anyMatch(Health.Down.class::isInstance)) {
            return new Health.Down(detail);
        }
        boolean well = all.stream().allMatch(Health.Up.class::isInstance);
        return well ? new Health.Up(detail) : new Health.Degraded(detail);
    }

    /** Stops measuring. What was measured is handed over first. */
    @Override
    public void close() {
        stop.countDown();
        try {
            for (Thread thread : threads) {
                if (!thread.join(CLOSE_LIMIT)) {
                    thread.interrupt();
                }
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }
}
