// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.runtime.yaml.DefinitionProblem;
import io.nephometer.runtime.yaml.DefinitionProblem.Severity;
import io.nephometer.sources.polling.dynamic.definition.DefinitionOptions;
import io.nephometer.sources.polling.dynamic.definition.DynamicDefinitions;
import io.nephometer.sources.polling.dynamic.definition.DynamicPollsterDefinition;
import io.nephometer.sources.polling.dynamic.definition.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nephometer pollsters check}: which definitions of dynamic pollsters can be used, and what the others need. */
@Command(
        name = "check",
        description = {
            "Check files of dynamic pollsters, as Ceilometer has them in pollsters.d. Nobody is asked anything.",
            "Prints the pollsters that can be used; on standard error, as file:line: key: what is wrong, what is left out and"
                    + " why, and for each Python expression that the language of expressions does not have what to write instead."
        })
final class PollstersCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, or folders whose *.yaml are checked.")
    private List<Path> files;

    @Option(
            names = "--allow-host-commands",
            description = "Take definitions that run a command on the agent's host too.")
    private boolean commands;

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter err = spec.commandLine().getErr();
        DynamicDefinitions found = read();
        found.problems().forEach(problem -> err.println(text(problem)));
        PrintWriter out = spec.commandLine().getOut();
        found.pollsters().forEach(pollster -> out.println(line(pollster)));
        out.flush();
        boolean ok = found.problems().stream().allMatch(problem -> problem.severity() == Severity.WARNING);
        return ok ? ExitCode.DONE : ExitCode.USAGE;
    }

    private DynamicDefinitions read() throws CommandFailure {
        DefinitionOptions options = new DefinitionOptions(commands, DefinitionOptions.DEFAULT.authentications());
        List<DynamicDefinitions> parts = new ArrayList<>();
        for (Path file : files) {
            try {
                parts.add(
                        Files.isDirectory(file)
                                ? DynamicDefinitions.ofDirectory(file, options)
                                : DynamicDefinitions.read(file.toString(), Files.readString(file), options));
            } catch (NoSuchFileException e) {
                throw CommandFailure.usage(file + ": no such file", e);
            } catch (IOException e) {
                throw CommandFailure.failed(file + ": cannot be read: " + e.getMessage(), e);
            }
        }
        return DynamicDefinitions.joined(parts);
    }

    private static String text(DefinitionProblem problem) {
        return (problem.severity() == Severity.WARNING ? "warning: " : "") + problem.text();
    }

    private static String line(DynamicPollsterDefinition pollster) {
        String target =
                switch (pollster.request().target()) {
                    case Target.Service(String type, var path) -> type + " " + path.text();
                    case Target.Url url -> url.template().text();
                    case Target.Command command -> "$ " + command.template().text();
                };
        return "%s: %s: ok, %s in %s: %s"
                .formatted(pollster.place(), pollster.name(), pollster.type().wireName(), pollster.unit(), target);
    }
}
