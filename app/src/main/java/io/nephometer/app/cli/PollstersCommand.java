// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer pollsters}. */
@Command(
        name = "pollsters",
        description = "Dynamic pollsters.",
        subcommands = {PollstersCheckCommand.class})
public final class PollstersCommand {}
