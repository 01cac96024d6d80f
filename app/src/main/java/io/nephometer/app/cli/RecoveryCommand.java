// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer recovery}: what could not be processed, for a human. */
@Command(
        name = "recovery",
        description =
                "Messages that could not be processed: look at them, correct them, try them again, or give them up.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RecoveryListCommand.class,
            RecoveryShowCommand.class,
            RecoveryEditCommand.class,
            RecoveryRetryCommand.class,
            RecoveryDiscardCommand.class
        })
public final class RecoveryCommand {}
