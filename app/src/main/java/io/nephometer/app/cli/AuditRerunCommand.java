// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.store.ledger.AuditView.Run;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer audit rerun}. */
@Command(
        name = "rerun",
        description = "Have audits done again by the next process that looks. What they told is in the ledger and stays"
                + " as it is; what they missed is added; what is known otherwise now is counted in the message.")
final class AuditRerunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(
            names = "--begin",
            required = true,
            paramLabel = "TIME",
            description = "Beginning of the period (ISO 8601, UTC).")
    private String begin = "";

    @Option(names = "--scope", paramLabel = "SCOPE", description = "Of this share alone, such as instances/3.")
    private @Nullable String scope;

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "Of this task alone, such as instance_usage_audit; see: audit list.")
    private @Nullable String task;

    @Override
    public Integer call() throws CommandFailure {
        Instant from = TimeText.of("--begin", begin);
        try (Ledger ledger = store.openExisting()) {
            List<Run> wanted = new ArrayList<>();
            ledger.audits().runs(run -> {
                if (run.key().period().begin().equals(from)
                        && (scope == null || scope.equals(run.key().scope()))
                        && (task == null || task.equals(run.key().task()))) {
                    wanted.add(run);
                }
            });
            long again = wanted.stream()
                    .filter(run -> ledger.audits().again(run.key()))
                    .count();
            if (again == 0) {
                throw CommandFailure.failed(
                        wanted.isEmpty()
                                ? "no such audit was ever begun; see: audit list"
                                : "they are being done right now; nothing was changed",
                        null);
            }
            spec.commandLine().getOut().println(again + " audits will be done again");
            return ExitCode.DONE;
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }
}
