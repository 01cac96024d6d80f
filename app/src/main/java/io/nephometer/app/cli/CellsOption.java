// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.runtime.config.ConfigException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --config FILE}, on every command that looks at cells. */
final class CellsOption {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration whose nova_cells are meant.")
    private Path file = Path.of("nephometer.yaml");

    NovaCellsConfig cells() throws ConfigException, CommandFailure {
        NovaCellsConfig cells = ConfigurationFile.read(file).value().novaCells();
        if (cells == null) {
            throw CommandFailure.usage(file + " names no cell database: there is no section nova_cells", null);
        }
        return cells;
    }
}
