// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.MessageProcessing;
import io.nephometer.app.RoleNeeds;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.Role;
import io.nephometer.pipeline.definitions.DefinitionsException;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Loaded;
import io.nephometer.runtime.config.Problem;
import io.nephometer.sources.polling.definition.PollingDefinitionException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nephometer config check}: every problem of every file, with file and line. */
@Command(
        name = "check",
        description = {
            "Check configuration files, each for itself, together with the NEPHOMETER_* variables of the environment.",
            "Prints every problem as file:line: key: value: what is expected. If a file itself is right, the definitions that"
                    + " it names, its polling.yaml and what its roles need are checked in the same way."
        })
final class ConfigCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Configuration files.")
    private List<Path> files;

    @Option(
            names = "--effective",
            description = "Also print the values in force with their origins, defaults included, secrets masked.")
    private boolean effective;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description =
                    "A role whose needs to check, instead of those in the file; may be repeated: ${COMPLETION-CANDIDATES}.")
    private List<Role> roles = List.of();

    @Override
    public Integer call() {
        int exitCode = ExitCode.DONE;
        for (Path file : files) {
            exitCode = Math.max(exitCode, check(file));
        }
        return exitCode;
    }

    private int check(Path file) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Loaded<Configuration> loaded = ConfigurationFile.read(file);
            loaded.warnings().forEach(warning -> err.println("warning: " + warning));
            MessageProcessing.definitions(loaded.value().definitions());
            RoleNeeds.check(
                    file,
                    loaded.value(),
                    EnumSet.copyOf(roles.isEmpty() ? loaded.value().roles() : roles));
            out.print(effective ? loaded.effective() : file + ": ok" + System.lineSeparator());
            return ExitCode.DONE;
        } catch (ConfigException e) {
            for (Problem problem : e.problems()) {
                err.println(problem);
            }
            return ExitCode.USAGE;
        } catch (DefinitionsException e) {
            e.problems().forEach(problem -> err.println(problem.text()));
            return ExitCode.USAGE;
        } catch (PollingDefinitionException e) {
            e.problems().forEach(problem -> err.println(problem.text()));
            return ExitCode.USAGE;
        }
    }
}
