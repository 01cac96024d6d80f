// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.ShutdownHook;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.app.config.Role;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.LifecycleException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process from its start until it is told to stop. */
public final class RunningProcess {
    private static final Logger LOG = LoggerFactory.getLogger(RunningProcess.class);

    private RunningProcess() {}

    /**
     * Starts the parts, and returns when they have been stopped.
     *
     * @throws CommandFailure if they do not start
     */
    public static void untilStopped(Lifecycle lifecycle, Set<Role> roles) throws CommandFailure, InterruptedException {
        ShutdownHook hook = ShutdownHook.install(lifecycle);
        try {
            lifecycle.start();
            LOG.info("Running as {}", roles);
            lifecycle.awaitStop();
        } catch (LifecycleException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        } finally {
            hook.close();
        }
    }

    /**
     * The name of this machine.
     *
     * @param compute which may name it otherwise
     * @param measures whether samples carry it: those of a host without a name would be those of all that have none
     * @throws CommandFailure if it measures and has no name
     */
    public static String host(@Nullable ComputeConfig compute, boolean measures) throws CommandFailure {
        Optional<String> name = HostName.find();
        if (name.isEmpty() && measures && compute != null && compute.host() == null) {
            throw CommandFailure.usage(
                    "this machine does not tell its name: set compute.host to the name that Nova knows it by", null);
        }
        return name.orElse("unknown host");
    }
}
