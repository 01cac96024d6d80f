// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer store}. */
@Command(
        name = "store",
        description = "The ledger's database.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StoreMigrateCommand.class, StoreSizeCommand.class})
public final class StoreCommand {}
