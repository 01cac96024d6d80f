// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer definitions}. */
@Command(
        name = "definitions",
        description = "Event and meter definitions.",
        subcommands = {DefinitionsTestCommand.class})
public final class DefinitionsCommand {}
