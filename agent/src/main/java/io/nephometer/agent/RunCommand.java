// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent;

import io.nephometer.app.Logging;
import io.nephometer.app.cli.CommandFailure;
import io.nephometer.app.cli.ExitCode;
import io.nephometer.app.cli.RunningProcess;
import io.nephometer.app.config.Role;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nephometer run}: the role compute, until it is told to stop. */
@Command(
        name = "run",
        description =
                "Measure the instances of this hypervisor until told to stop (SIGTERM, SIGINT). Starts whether hypervisor,"
                        + " Nova and broker can be reached or not, and waits for them.")
final class RunCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("nephometer.yaml");

    @Option(names = "--role", paramLabel = "ROLE", description = "compute, which is all that this program does.")
    private Role role = Role.COMPUTE;

    @Override
    public Integer call() throws ConfigException, CommandFailure, InterruptedException {
        if (role != Role.COMPUTE) {
            throw CommandFailure.usage(
                    "--role " + role
                            + ": this is the agent of a hypervisor, which has the role compute alone; the other roles are"
                            + " in the archive of the whole program",
                    null);
        }
        AgentConfiguration config = AgentConfiguration.read(file).value();
        Logging.apply(config.logging());
        try {
            RunningProcess.untilStopped(
                    AgentAssembly.of(config, RunningProcess.host(config.compute(), true)), Set.of(role));
        } catch (PollingDefinitionException e) {
            throw CommandFailure.usage(
                    e.getMessage() + "\npolling.yaml has the problem(s) listed above; nothing was started", e);
        }
        return ExitCode.DONE;
    }
}
