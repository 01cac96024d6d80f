// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer cache}. */
@Command(
        name = "cache",
        description = "What is known of the resources that are measured.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {CacheShowCommand.class, CacheAdoptCommand.class})
public final class CacheCommand {}
