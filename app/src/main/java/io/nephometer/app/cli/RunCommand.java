// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.Assembly;
import io.nephometer.app.Logging;
import io.nephometer.app.RoleNeeds;
import io.nephometer.app.ShutdownHook;
import io.nephometer.app.config.ComputeConfig;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.Role;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.LifecycleException;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nephometer run}: the roles of one process, until it is told to stop. */
@Command(
        name = "run",
        description =
                "Run the roles of this process until it is stopped (SIGTERM, SIGINT). It starts whether broker and"
                        + " store can be reached or not, and waits for them.")
public final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("nephometer.yaml");

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "A role to run, instead of those in the file; may be repeated: ${COMPLETION-CANDIDATES}.")
    private List<Role> roles = List.of();

    @Override
    public Integer call() throws ConfigException, CommandFailure, InterruptedException {
        Configuration config = ConfigurationFile.read(file).value();
        Logging.apply(config.logging());
        Set<Role> wanted = EnumSet.copyOf(roles.isEmpty() ? config.roles() : roles);
        Lifecycle lifecycle = assemble(file, config, wanted);
        ShutdownHook hook = ShutdownHook.install(lifecycle);
        try {
            lifecycle.start();
            LOG.info("Running as {}", wanted);
            lifecycle.awaitStop();
        } catch (LifecycleException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        } finally {
            hook.close();
        }
        return ExitCode.DONE;
    }

    private static Lifecycle assemble(Path file, Configuration config, Set<Role> roles)
            throws CommandFailure, ConfigException {
        try {
            RoleNeeds.check(file, config, roles);
            return new Assembly(config).assemble(roles, host(config, roles));
        } catch (DefinitionsException e) {
            throw CommandFailure.usage(
                    e.getMessage() + "\nthe definitions have " + e.problems().size()
                            + " problem(s), listed above; nothing was started",
                    e);
        } catch (PollingDefinitionException e) {
            throw CommandFailure.usage(
                    e.getMessage() + "\npolling.yaml has the problem(s) listed above; nothing was started", e);
        }
    }

    /** Samples of a host that has no name would be those of all hosts that have none. */
    private static String host(Configuration config, Set<Role> roles) throws CommandFailure {
        Optional<String> name = HostName.find();
        ComputeConfig compute = config.compute();
        if (name.isEmpty() && roles.contains(Role.COMPUTE) && compute != null && compute.host() == null) {
            throw CommandFailure.usage(
                    "this machine does not tell its name: set compute.host to the name that Nova knows it by", null);
        }
        return name.orElse("unknown host");
    }
}
