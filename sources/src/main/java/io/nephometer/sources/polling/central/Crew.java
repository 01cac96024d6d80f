// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.central;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Does work of many units side by side, so much at once and no more. Thread-safe. */
final class Crew {
    private final Semaphore seats;

    Crew(int atOnce) {
        seats = new Semaphore(atOnce, true);
    }

    /** What is done with each; its failures are its own to tell. */
    @FunctionalInterface
    interface Work<T> {
        void of(T item) throws InterruptedException;
    }

    /** Returns when all is done. An interruption breaks off what is under way, and waits for it. */
    <T> void each(List<T> items, Work<T> work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try {
            for (T item : items) {
                seats.acquire();
                threads.add(Thread.ofVirtual().name("central-resource").start(() -> seated(item, work, failure)));
            }
            join(threads);
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            join(threads);
            throw e;
        }
        Exception first = failure.get();
        if (first != null) {
            throw new IllegalStateException("the work on a resource failed", first);
        }
    }

    private <T> void seated(T item, Work<T> work, AtomicReference<@Nullable Exception> failure) {
        @Nullable Exception ended = new IllegalStateException("ended by an error");
        try {
            work.of(item);
            ended = null;
        } catch (InterruptedException | RuntimeException e) {
            ended = e;
        } finally {
            // An error as well: what it leaves undone must not pass for done.
            failure.compareAndSet(null, ended);
            seats.release();
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
