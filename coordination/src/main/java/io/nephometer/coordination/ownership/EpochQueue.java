// SPDX-License-Identifier: Apache-2.0
package io.nephometer.coordination.ownership;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Asks the ledger for epochs beside the beats, which must not wait for it. A few at a time, and never two for one unit: each unit has its
 * thread.
 */
final class EpochQueue {
    private static final int THREADS = 4;

    private final Answering answering;
    private final List<BlockingQueue<Ask>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    EpochQueue(Answering answering) {
        this.answering = answering;
        for (int i = 0; i < THREADS; i++) {
            queues.add(new LinkedBlockingQueue<>());
        }
    }

    /** Asks the ledger and says what it answered. */
    interface Answering {
        void answer(Ask ask) throws InterruptedException;
    }

    void start() {
        for (int i = 0; i < THREADS; i++) {
            BlockingQueue<Ask> queue = queues.get(i);
            threads.add(Thread.ofVirtual().name("epochs-" + i).start(() -> run(queue)));
        }
    }

    void add(Ask ask) {
        queues.get(Math.floorMod(ask.unit().hashCode(), THREADS)).add(ask);
    }

    private void run(BlockingQueue<Ask> queue) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                answering.answer(queue.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        threads.forEach(Thread::interrupt);
    }
}
