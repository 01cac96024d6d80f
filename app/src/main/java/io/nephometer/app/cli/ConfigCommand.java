// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer config}. */
@Command(
        name = "config",
        description = "Check configuration files, or print one to begin with.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ConfigCheckCommand.class, ConfigSampleCommand.class})
public final class ConfigCommand {}
