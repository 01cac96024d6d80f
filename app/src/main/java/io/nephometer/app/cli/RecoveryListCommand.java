// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.OutputFormat;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.RecoveryState;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer recovery list}. */
@Command(
        name = "list",
        description = {
            "What waits in recovery, grouped by reason; with --entries, --kind, --step or --limit entry by entry, the first"
                    + " seen first."
        })
final class RecoveryListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private ReasonOptions reason;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(names = "--entries", description = "Single entries instead of groups.")
    private boolean entries;

    @Option(
            names = "--state",
            defaultValue = "open",
            paramLabel = "STATE",
            description = "open (waiting for a human), resolved, discarded, or all; default: ${DEFAULT-VALUE}.")
    private StateOption state = StateOption.OPEN;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many entries; all of them unless given.")
    private @Nullable Long limit;

    /** Which states are listed. */
    private enum StateOption {
        OPEN(RecoveryState.OPEN),
        RESOLVED(RecoveryState.RESOLVED),
        DISCARDED(RecoveryState.DISCARDED),
        ALL(null);

        private final @Nullable RecoveryState state;

        StateOption(@Nullable RecoveryState state) {
            this.state = state;
        }
    }

    @Override
    public Integer call() throws CommandFailure {
        if (limit != null && limit < 1) {
            throw CommandFailure.usage("--limit: " + limit + ": expected at least 1", null);
        }
        RecoveryFilter filter = new RecoveryFilter(state.state, reason.step, reason.kind, limit);
        PrintWriter out = spec.commandLine().getOut();
        try (LedgerView ledger = store.openReadOnly()) {
            if (entries || reason.isGiven() || limit != null) {
                Listing.print(format, RecoveryForms.entries(), out, rows -> ledger.recovery()
                        .entries(filter, rows));
            } else {
                Listing.print(format, RecoveryForms.groups(state != StateOption.OPEN), out, rows -> ledger.recovery()
                        .groups(filter)
                        .forEach(rows));
            }
        }
        return ExitCode.DONE;
    }
}
