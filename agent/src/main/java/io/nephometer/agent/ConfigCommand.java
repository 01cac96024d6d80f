// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent;

import io.nephometer.app.cli.ExitCode;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Loaded;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nephometer config check} and {@code config sample}, for those sections that the agent reads. */
@Command(
        name = "config",
        description = "Check the agent's part of a configuration file, or print one to begin with.",
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {
    @Spec
    private CommandSpec spec;

    @Command(description = "Print every problem as file:line: key: value: what is expected.")
    int check(
            @Parameters(paramLabel = "FILE", description = "The configuration file.") Path file,
            @Option(names = "--effective", description = "Also print the values in force, secrets masked.")
                    boolean effective)
            throws ConfigException {
        Loaded<AgentConfiguration> loaded = AgentConfiguration.read(file);
        PrintWriter out = spec.commandLine().getOut();
        out.print(effective ? loaded.effective() : file + ": ok" + System.lineSeparator());
        return ExitCode.DONE;
    }

    @Command(description = "Print a configuration file with every setting of the agent explained.")
    int sample() {
        spec.commandLine().getOut().print(ConfigurationFile.sample(AgentConfiguration.class));
        return ExitCode.DONE;
    }
}
