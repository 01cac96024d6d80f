// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.config.DurationText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the parts of a process in the order in which they were added (sinks, pipeline, sources) and stops them in the
 * other, each once. Thread-safe: a shutdown hook may close what another thread is still starting.
 */
public final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final Duration deadline;
    private final Ticker ticker;
    private final CountDownLatch startDone = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock") private final List<Part> parts = new ArrayList<>();

    @GuardedBy("lock") private final Deque<Part> begun = new ArrayDeque<>();

    @GuardedBy("lock") private boolean starting;

    @GuardedBy("lock") private boolean closing;

    /** One step of starting or stopping. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    private record Part(String name, Step start, Step stop) {}

    /**
     * An empty lifecycle.
     *
     * @param deadline how long stopping may take in all
     */
    public Lifecycle(Duration deadline, Ticker ticker) {
        this.deadline = deadline;
        this.ticker = ticker;
    }

    /**
     * Adds a part, before the start.
     *
     * @param name for log and errors
     * @param start returns soon
     * @param stop is called once the start was begun, also if it failed
     */
    public void add(String name, Step start, Step stop) {
        lock.lock();
        try {
            if (starting || closing) {
                throw new IllegalStateException("parts are added before the start, not " + name);
            }
            parts.add(new Part(name, start, stop));
        } finally {
            lock.unlock();
        }
    }

    /** Adds what needs no start, only to be closed. */
    public void add(String name, AutoCloseable resource) {
        add(name, () -> {}, resource::close);
    }

    /**
     * Starts all parts, or none: if one fails, those begun are stopped again. Does nothing more once {@link #close} was called.
     *
     * @throws LifecycleException if a part fails to start
     */
    public void start() {
        LifecycleException failure = begin(order());
        startDone.countDown();
        if (failure != null) {
            try {
                close();
            } catch (LifecycleException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
    }

    private List<Part> order() {
        lock.lock();
        try {
            if (starting) {
                throw new IllegalStateException("started twice");
            }
            starting = true;
            return List.copyOf(parts);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable LifecycleException begin(List<Part> order) {
        for (Part part : order) {
            if (!mayBegin(part)) {
                return null;
            }
            try {
                LOG.debug("Starting {}", part.name());
                part.start().run();
            } catch (Exception e) {
                restoreInterrupt(e);
                return new LifecycleException(part.name() + " did not start: " + e.getMessage(), e);
            }
        }
        return null;
    }

    private boolean mayBegin(Part part) {
        lock.lock();
        try {
            if (!closing) {
                begun.push(part);
            }
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything is stopped. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /**
     * Stops what was begun, last first, within the deadline. A part that takes longer is interrupted and left behind. A second
     * call waits for the first.
     *
     * @throws LifecycleException if parts failed to stop; the others are stopped all the same
     */
    @Override
    public void close() {
        long end = ticker.nanos() + deadline.toNanos();
        if (!mayClose()) {
            await(stopped, end);
            return;
        }
        await(startDone, end);
        LifecycleException failure = null;
        for (Part part = next(); part != null; part = next()) {
            LifecycleException e = stop(part, end);
            if (failure == null) {
                failure = e;
            } else if (e != null) {
                failure.addSuppressed(e);
            }
        }
        stopped.countDown();
        if (failure != null) {
            throw failure;
        }
    }

    private boolean mayClose() {
        lock.lock();
        try {
            boolean first = !closing;
            closing = true;
            if (!starting) {
                startDone.countDown();
            }
            return first;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Part next() {
        lock.lock();
        try {
            return begun.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops one part on a thread of its own, so that one that hangs does not keep the others from stopping. */
    private @Nullable LifecycleException stop(Part part, long end) {
        LOG.debug("Stopping {}", part.name());
        FutureTask<Void> task = new FutureTask<>(() -> {
            part.stop().run();
            return null;
        });
        Thread thread = Thread.ofVirtual().name("stop-" + part.name()).start(task);
        try {
            task.get(Math.max(0, end - ticker.nanos()), TimeUnit.NANOSECONDS);
            return null;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new LifecycleException(part.name() + " did not stop cleanly: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            thread.interrupt();
            return new LifecycleException(
                    part.name() + " did not stop within the deadline of " + DurationText.print(deadline), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            thread.interrupt();
            return new LifecycleException("interrupted while " + part.name() + " stopped", e);
        }
    }

    private void await(CountDownLatch latch, long end) {
        try {
            if (!latch.await(Math.max(0, end - ticker.nanos()), TimeUnit.NANOSECONDS)) {
                LOG.warn(
                        "Another thread is still starting or stopping after {}; going on without it",
                        DurationText.print(deadline));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void restoreInterrupt(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }
}
