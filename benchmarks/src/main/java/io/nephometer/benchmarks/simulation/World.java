// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** Time and chance. What is to happen at the same moment happens in the order in which it was planned. */
final class World {
    /** When it begins; a multiple of every interval that is simulated. */
    static final Instant START = Instant.parse("2026-11-28T00:00:00Z");

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Random random;
    private long nanos;
    private long planned;

    World(long seed) {
        random = new Random(seed);
    }

    private record Event(long at, long order, Runnable what) {}

    /** Since the beginning. */
    long nanos() {
        return nanos;
    }

    /** The true time. */
    Instant time() {
        return START.plusNanos(nanos);
    }

    void after(Duration delay, Runnable what) {
        events.add(new Event(nanos + Math.max(0, delay.toNanos()), planned++, what));
    }

    /** Lets everything happen until then. */
    void runUntil(Instant end) {
        long last = Duration.between(START, end).toNanos();
        while (!events.isEmpty() && events.peek().at() <= last) {
            Event event = events.remove();
            nanos = event.at();
            event.what().run();
        }
        nanos = last;
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    long id() {
        return random.nextLong();
    }

    /** Evenly between the two. */
    Duration between(Duration least, Duration most) {
        return least.plusMillis((long) (random.nextDouble() * (most.toMillis() - least.toMillis() + 1)));
    }
}
