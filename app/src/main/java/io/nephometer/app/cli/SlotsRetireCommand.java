// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nephometer slots retire}. */
@Command(
        name = "retire",
        description =
                "No longer expect slots of a member that is gone for good. What was missing until now stays missing;"
                        + " if the member ever delivers a slot again, it is expected again from then on.")
final class SlotsRetireCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Parameters(paramLabel = "MEMBER", description = "Who measured: the host of a compute agent.")
    private String member = "";

    @Option(names = "--source", paramLabel = "S", description = "Of this source alone; of all unless given.")
    private @Nullable String source;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            description = "Of this interval alone, such as 300s or 5m; of all unless given.")
    private @Nullable Duration interval;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is kept.")
    private String reason = "";

    @Override
    public Integer call() throws CommandFailure {
        try (Ledger ledger = store.openExisting()) {
            int retired = ledger.slots().retire(member, source, interval, reason);
            if (retired == 0) {
                throw CommandFailure.failed(member + " is not expected of any such source; nothing was changed", null);
            }
            spec.commandLine().getOut().println(member + ": retired from " + retired + " source(s)");
            return ExitCode.DONE;
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }
}
