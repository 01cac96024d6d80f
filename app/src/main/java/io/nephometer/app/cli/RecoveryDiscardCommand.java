// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.RecoveryEntry;
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

/** {@code nephometer recovery discard}. */
@Command(
        name = "discard",
        description =
                "Settle entries without processing them. They stay listed as discarded, with the reason, and are not"
                        + " counted.")
final class RecoveryDiscardCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why, for whoever looks later.")
    private String reason = "";

    @Parameters(
            arity = "1..*",
            paramLabel = "ID",
            description = "Ids as recovery list shows them, or their beginnings.")
    private List<String> ids;

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        try (Ledger ledger = store.openExisting()) {
            List<RecoveryEntry> entries = new ArrayList<>();
            for (String id : ids) {
                entries.add(RecoveryLookup.findOpen(ledger.recovery(), id));
            }
            for (RecoveryEntry entry : entries) {
                if (!ledger.recovery().discard(entry, reason)) {
                    throw RecoveryLookup.changedMeanwhile(entry);
                }
                out.println(RecoveryForms.shortId(entry) + "  discarded: " + reason);
            }
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        } finally {
            out.flush();
        }
        return ExitCode.DONE;
    }
}
