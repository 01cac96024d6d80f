// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.app.cli.CommandLineFrame;
import io.nephometer.e2e.cloud.audits.AuditsCommand;
import io.nephometer.e2e.cloud.central.CentralCommand;
import io.nephometer.e2e.cloud.compute.ComputeCommand;
import io.nephometer.e2e.cloud.process.Launcher;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code e2e/cloud}: the product on a cloud that is there, held against what the cloud itself says. */
@Command(
        name = "cloud",
        mixinStandardHelpOptions = true,
        description =
                "Runs the product on a real cloud and checks what it says against what the cloud says. Each command prints"
                        + " a table, and a JSON object as its last line.",
        subcommands = {NotificationsCommand.class, CentralCommand.class, ComputeCommand.class, AuditsCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:both say the same", "1:something is missing, doubled or different", "2:wrong usage"})
public final class CloudCommand implements Launcher, Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--product", hidden = true, description = "The launcher of the product.")
    private String product = "nephometer";

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(CommandLineFrame.of(new CloudCommand(), out, err).execute(arguments));
    }

    @Override
    public List<String> command() {
        return List.of(product);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to check");
    }
}
