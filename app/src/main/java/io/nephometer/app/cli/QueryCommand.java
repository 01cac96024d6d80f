// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import picocli.CommandLine.Command;

/** {@code nephometer query}: what the ledger holds. */
@Command(
        name = "query",
        description = "Ask a ledger.",
        subcommands = {
            QueryEventsCommand.class,
            QuerySamplesCommand.class,
            QueryResourcesCommand.class,
            QueryMetersCommand.class,
            QueryStatisticsCommand.class,
            QueryGapsCommand.class,
            QueryPendingCommand.class,
            QuerySlotsCommand.class
        })
public final class QueryCommand {}
