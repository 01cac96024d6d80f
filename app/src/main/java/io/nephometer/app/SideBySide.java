// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.runtime.Lifecycle.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Parts of a process that end at the same time: each waits for what it has under way elsewhere, and one after the other they would take longer
 * than a stop may. To be added behind all that they use.
 */
public final class SideBySide {
    private record Part(String name, Step start, Step stop) {}

    private final List<Part> parts = new ArrayList<>();
    private final List<Part> begun = new ArrayList<>();

    /** As {@link io.nephometer.runtime.Lifecycle#add}. */
    public void add(String name, Step start, Step stop) {
        parts.add(new Part(name, start, stop));
    }

    /** Begins with all in their order, up to one that fails. */
    void start() throws Exception {
        for (Part part : parts) {
            begun.add(part);
            part.start().run();
        }
    }

    /** Ends what was begun, and waits for all of it; an interrupt reaches each. */
    void close() throws InterruptedException, StopException {
        List<FutureTask<Boolean>> stops = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Part part : begun) {
            FutureTask<Boolean> stop = new FutureTask<>(() -> {
                part.stop().run();
                return true;
            });
            stops.add(stop);
            threads.add(Thread.ofVirtual().name("stop-" + part.name()).start(stop));
        }
        try {
            await(stops);
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            throw e;
        }
    }

    private void await(List<FutureTask<Boolean>> stops) throws InterruptedException, StopException {
        StopException failure = null;
        for (int i = 0; i < stops.size(); i++) {
            try {
                boolean _ = stops.get(i).get();
            } catch (ExecutionException e) {
                StopException failed = new StopException(begun.get(i).name(), e.getCause() == null ? e : e.getCause());
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** One of them did not stop cleanly; others are suppressed. */
    static final class StopException extends Exception {
        private static final long serialVersionUID = 1L;

        private StopException(String part, Throwable cause) {
            super(part + ": " + cause.getMessage(), cause);
        }
    }
}
