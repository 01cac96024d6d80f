// SPDX-License-Identifier: Apache-2.0
package io.nephometer.simulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a simulated cloud live as real time passes, in a thread of its own. */
public final class CloudDriver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CloudDriver.class);

    private final SimulatedCloud cloud;
    private final Duration every;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** @param every how often the cloud catches up with its clock */
    public CloudDriver(SimulatedCloud cloud, Duration every) {
        this.cloud = cloud;
        this.every = every;
        thread = Thread.ofVirtual().name("simulated-life").unstarted(this::drive);
    }

    /** Begins; may be called once. */
    public void start() {
        thread.start();
    }

    private void drive() {
        try {
            while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                cloud.step();
            }
        } catch (InterruptedException e) {
            LOG.debug("interrupted, so the simulated cloud stands still from now on");
        }
    }

    /** Ends, after the step that is being made. Legal before start, and twice. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
