// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.Assembly;
import io.nephometer.app.Logging;
import io.nephometer.app.RoleNeeds;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.Role;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nephometer run}: the roles of one process, until it is told to stop. */
@Command(
        name = "run",
        description =
                "Run the roles of this process until it is stopped (SIGTERM, SIGINT). It starts whether broker and"
                        + " store can be reached or not, and waits for them.")
public final class RunCommand implements Callable<Integer> {
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
        RunningProcess.untilStopped(lifecycle, wanted);
        return ExitCode.DONE;
    }

    private static Lifecycle assemble(Path file, Configuration config, Set<Role> roles)
            throws CommandFailure, ConfigException {
        try {
            RoleNeeds.check(file, config, roles);
            return new Assembly(config).assemble(roles, RunningProcess.host(config.compute(), measures(roles)));
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

    /** The role {@code all} measures too, if it is configured to. */
    private static boolean measures(Set<Role> roles) {
        return roles.contains(Role.COMPUTE) || roles.contains(Role.ALL);
    }
}
