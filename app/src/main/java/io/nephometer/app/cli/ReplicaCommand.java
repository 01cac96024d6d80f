// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer replica}. */
@Command(
        name = "replica",
        description = "Replicas of the ledger's database.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ReplicaStatusCommand.class})
public final class ReplicaCommand {}
