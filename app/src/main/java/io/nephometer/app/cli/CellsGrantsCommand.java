// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.config.NovaCellConfig;
import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.cells.CellGrants;
import io.nephometer.store.ledger.StoreUrl;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer cells grants}. */
@Command(
        name = "grants",
        description =
                "Print the SQL that gives the user of each cell database the right to read what is read of it, and nothing else."
                        + " Nobody is asked. Run it as an administrator on each database; replicas have it from there.")
final class CellsGrantsCommand implements Callable<Integer> {
    /** For each process: its own connections, and one that asks how the server stands. */
    private static final int PROCESSES = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CellsOption config;

    @Option(
            names = "--from",
            defaultValue = "%",
            paramLabel = "HOSTS",
            description = "From which hosts the user may connect, as MariaDB writes it; default: ${DEFAULT-VALUE}.")
    private String hosts = "%";

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        NovaCellsConfig cells = config.cells();
        PrintWriter out = spec.commandLine().getOut();
        for (NovaCellConfig cell : cells.cells()) {
            StoreUrl.MariaDb server = cell.server();
            String user = Objects.requireNonNullElse(server.user(), "nephometer_cells");
            out.println("-- " + cell.name() + ": " + server);
            CellGrants.of(server.database(), quoted(user) + "@" + quoted(hosts), PROCESSES * (cells.connections() + 1))
                    .forEach(out::println);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
