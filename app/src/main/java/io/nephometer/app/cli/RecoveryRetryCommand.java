// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.model.Processed;
import io.nephometer.pipeline.batch.MessageProcessor;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.RecoveryEntry;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.RecoveryState;
import io.nephometer.store.ledger.RecoveryView;
import io.nephometer.store.ledger.RetryOutcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nephometer recovery retry}. */
@Command(
        name = "retry",
        description = {
            "Take entries through the pipeline again, the same way as messages of the bus. Whatever is retried, and however"
                    + " often, counts once.",
            "Exit code 1 if any of them still waits afterwards; with --dry-run, if any of them would."
        })
final class RecoveryRetryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private ProcessorOption processing;

    @Mixin
    private ReasonOptions reason;

    @Option(names = "--all", description = "All that waits, or with --kind or --step all that waits for this reason.")
    private boolean all;

    @Option(names = "--dry-run", description = "Show what each would become. Nothing is written.")
    private boolean dryRun;

    @Parameters(paramLabel = "ID", description = "Ids as recovery list shows them, or their beginnings.")
    private List<String> ids = List.of();

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        if (all == !ids.isEmpty()) {
            throw CommandFailure.usage("give either ids or --all", null);
        }
        if (!all && reason.isGiven()) {
            throw CommandFailure.usage("--kind and --step go with --all", null);
        }
        MessageProcessor processor = processing.processor();
        PrintWriter out = spec.commandLine().getOut();
        try {
            return dryRun ? show(processor, out) : retry(processor, out);
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        } finally {
            out.flush();
        }
    }

    private int show(MessageProcessor processor, PrintWriter out) throws CommandFailure {
        boolean waiting = false;
        try (LedgerView ledger = store.openReadOnly()) {
            for (String id : chosen(ledger.recovery())) {
                RecoveryEntry entry = RecoveryLookup.find(ledger.recovery(), id);
                Processed processed = processor.process(entry.message());
                waiting |= ProcessedText.isWaiting(processed);
                out.println(RecoveryForms.shortId(entry) + "  would become" + (entry.eventOnly() ? EVENT_ONLY : ":"));
                out.print(ProcessedText.of(processed));
            }
        }
        return waiting ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static final String EVENT_ONLY = " (its samples are in the ledger already, only the event would be added):";

    private int retry(MessageProcessor processor, PrintWriter out) throws CommandFailure {
        int settled = 0;
        try (Ledger ledger = store.openExisting()) {
            List<String> chosen = chosen(ledger.recovery());
            for (String id : chosen) {
                RecoveryEntry entry = RecoveryLookup.find(ledger.recovery(), id);
                if (entry.state() != RecoveryState.OPEN) {
                    out.println(RecoveryForms.shortId(entry) + "  " + RecoveryForms.lower(entry.state())
                            + " already; nothing was done");
                    settled += entry.state() == RecoveryState.RESOLVED ? 1 : 0;
                    continue;
                }
                RetryOutcome outcome = ledger.recovery().retry(entry, processor.process(entry.message()));
                out.println(RecoveryForms.shortId(entry) + "  " + RetryText.of(outcome));
                if (outcome instanceof RetryOutcome.Unavailable) {
                    break;
                }
                settled += outcome instanceof RetryOutcome.Settled ? 1 : 0;
            }
            int waiting = chosen.size() - settled;
            out.println(settled + " of " + chosen.size() + " settled"
                    + (waiting == 0 ? "" : ", " + waiting + " still waiting: recovery show ID says why"));
            return waiting == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    /** Ids only: bodies may be large, and reading must have ended before anything is written. */
    private List<String> chosen(RecoveryView recovery) {
        if (!all) {
            return ids;
        }
        List<String> waiting = new ArrayList<>();
        RecoveryFilter filter = new RecoveryFilter(RecoveryState.OPEN, reason.step, reason.kind, null);
        recovery.entries(filter, entry -> waiting.add(entry.id()));
        return waiting;
    }
}
