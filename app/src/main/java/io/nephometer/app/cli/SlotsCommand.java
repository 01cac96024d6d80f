// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer slots}. */
@Command(
        name = "slots",
        description = "Who measures the slots of polling.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SlotsRetireCommand.class})
public final class SlotsCommand {}
