// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.audit.UsageAudit;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.model.HostShare;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.UsageRounds;
import io.nephometer.store.ledger.Ledger;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nephometer audit run}. */
@Command(
        name = "run",
        description = "Do all audits that are due, of all hosts, now. What another process does or has done is left"
                + " alone, and nothing is told before the inventory is complete.")
final class AuditRunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Mixin
    private ProcessorOption processing;

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        AuditsConfig audits = processing.configuration().audits();
        if (audits == null) {
            throw CommandFailure.usage("the file of --config says in no section audits what is audited", null);
        }
        try (Ledger ledger = store.openExisting()) {
            UsageRounds rounds = UsageAudit.over(ledger, processing.processor(), audits, "audit run");
            return print(rounds.run(shares()));
        } catch (AuditException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }

    private static List<Integer> shares() {
        return IntStream.range(0, HostShare.COUNT).boxed().toList();
    }

    private int print(UsageRounds.Report report) throws CommandFailure {
        spec.commandLine()
                .getOut()
                .println(report.done() + " of " + report.due() + " audits that were due are done"
                        + (report.overdue() == null ? "" : "; overdue since " + report.overdue()));
        if (report.why() != null) {
            throw CommandFailure.failed(report.why(), null);
        }
        return ExitCode.DONE;
    }
}
