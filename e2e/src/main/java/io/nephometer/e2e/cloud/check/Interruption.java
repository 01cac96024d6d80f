// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.check;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C and SIGTERM end a run as a failure does: its thread is interrupted, so that whatever was started is ended in its order and
 * by the thread that started it, and the program waits for that.
 */
final class Interruption implements AutoCloseable {
    /** Volumes of a slow cloud take minutes to go. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Thread run;
    private final PrintWriter told;
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interrupted");

    private Interruption(Thread run, PrintWriter told) {
        this.run = run;
        this.told = told;
    }

    /** From now on until it is closed, which is when the run has ended what it started. */
    static Interruption of(Thread run, PrintWriter told) {
        Interruption interruption = new Interruption(run, told);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** What a signal does. */
    void interrupt() {
        told.println("interrupted: ending what was started");
        run.interrupt();
        try {
            if (!left.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                told.println("it did not end within " + LIMIT.toMinutes()
                        + " minutes: look for processes of the run, and for"
                        + " queues and things in the cloud with the names told above");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        left.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // it is running
        }
    }
}
