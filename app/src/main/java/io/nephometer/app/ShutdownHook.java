// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.LifecycleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops a process in order when it is told to end (SIGTERM, SIGINT). */
public final class ShutdownHook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHook.class);

    private final Thread hook;

    private ShutdownHook(Thread hook) {
        this.hook = hook;
    }

    /** From now on the lifecycle is closed before the process ends. */
    public static ShutdownHook install(Lifecycle lifecycle) {
        Thread hook = new Thread(() -> stop(lifecycle), "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return new ShutdownHook(hook);
    }

    private static void stop(Lifecycle lifecycle) {
        try {
            LOG.info("Told to end: stopping");
            lifecycle.close();
            LOG.info("Stopped");
        } catch (LifecycleException e) {
            LOG.error("Not everything stopped cleanly; what was not acknowledged will be delivered again", e);
        }
    }

    /** The lifecycle was closed otherwise; the hook is no longer needed. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending; the hook stays", e);
        }
    }
}
