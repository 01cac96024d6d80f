// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer cells}. */
@Command(
        name = "cells",
        description = "Nova's cell databases, as nova_cells of the configuration names them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CellsStatusCommand.class, CellsGrantsCommand.class})
public final class CellsCommand {}
