// SPDX-License-Identifier: Apache-2.0
package io.nephometer.agent;

import io.nephometer.app.cli.CacheCommand;
import io.nephometer.app.cli.CommandLineFrame;
import io.nephometer.app.cli.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program of a hypervisor: those commands of {@code nephometer} that make sense there. */
@Command(
        name = "nephometer",
        description = "Telemetry and metering for OpenStack clouds: the agent of a hypervisor.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage or configuration"},
        subcommands = {RunCommand.class, CacheCommand.class, ConfigCommand.class})
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(out, err, arguments);
        out.flush();
        System.exit(exitCode);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return CommandLineFrame.of(new Main(), out, err).execute(arguments);
    }
}
