// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer cache}. */
@Command(
        name = "cache",
        description = "What a running agent knows of the resources that it measures.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = CacheShowCommand.class)
public final class CacheCommand {}
