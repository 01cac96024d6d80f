// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer cluster}. */
@Command(
        name = "cluster",
        description = "The processes that share the work of polling.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ClusterStatusCommand.class})
public final class ClusterCommand {}
