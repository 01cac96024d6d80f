// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import io.nephometer.app.cli.AuditCommand;
import io.nephometer.app.cli.CacheCommand;
import io.nephometer.app.cli.CellsCommand;
import io.nephometer.app.cli.ClusterCommand;
import io.nephometer.app.cli.CommandLineFrame;
import io.nephometer.app.cli.ConfigCommand;
import io.nephometer.app.cli.DefinitionsCommand;
import io.nephometer.app.cli.DemoCommand;
import io.nephometer.app.cli.IngestCommand;
import io.nephometer.app.cli.PollstersCommand;
import io.nephometer.app.cli.QueryCommand;
import io.nephometer.app.cli.RecoveryCommand;
import io.nephometer.app.cli.ReplicaCommand;
import io.nephometer.app.cli.RunCommand;
import io.nephometer.app.cli.SlotsCommand;
import io.nephometer.app.cli.StoreCommand;
import io.nephometer.app.cli.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;

/** The program. Every command is one of the subcommands below, each a class of its own in {@code cli}. */
@Command(
        name = "nephometer",
        description = "Telemetry and metering for OpenStack clouds.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage, configuration or definitions"},
        subcommands = {
            RunCommand.class,
            IngestCommand.class,
            QueryCommand.class,
            RecoveryCommand.class,
            StoreCommand.class,
            CacheCommand.class,
            SlotsCommand.class,
            ClusterCommand.class,
            ReplicaCommand.class,
            CellsCommand.class,
            AuditCommand.class,
            DefinitionsCommand.class,
            PollstersCommand.class,
            DemoCommand.class,
            ConfigCommand.class
        })
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

    /** Every command with its options. */
    public static CommandSpec commands() {
        return new CommandLine(new Main()).getCommandSpec();
    }

    /**
     * Runs one command.
     *
     * @return the exit code
     */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return CommandLineFrame.of(new Main(), out, err).execute(arguments);
    }
}
