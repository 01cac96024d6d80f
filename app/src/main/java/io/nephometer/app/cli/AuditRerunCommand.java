// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.model.AuditKey;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.store.ledger.AuditView.Run;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
                + " as it is; what they missed is added; what is known otherwise now is counted in the message. One that is out of"
                + " reach of the processes that audit would never be done: it is refused, and its row stays as it is.")
final class AuditRerunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration of the processes that audit: which audits are done, and how far back.")
    private Path config = Path.of("nephometer.yaml");

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
    public Integer call() throws CommandFailure, ConfigException {
        Instant from = Objects.requireNonNull(TimeText.of("--begin", begin));
        Configuration configuration = ConfigurationFile.read(config).value();
        AuditsConfig audits = configuration.audits();
        if (audits == null) {
            throw CommandFailure.usage(config + " says in no section audits what is audited", null);
        }
        try (Ledger ledger = store.openExisting();
                CellReading cells = CellReading.of(configuration)) {
            List<Run> wanted = wanted(ledger, from);
            if (wanted.isEmpty()) {
                throw CommandFailure.failed("no such audit was ever begun; see: audit list", null);
            }
            return again(ledger, wanted, new AuditLimits(audits, ledger, cells.inventory()));
        } catch (AuditException | LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        }
    }

    private List<Run> wanted(Ledger ledger, Instant from) {
        List<Run> wanted = new ArrayList<>();
        ledger.audits().runs(run -> {
            if (run.key().period().begin().equals(from)
                    && (scope == null || scope.equals(run.key().scope()))
                    && (task == null || task.equals(run.key().task()))) {
                wanted.add(run);
            }
        });
        return wanted;
    }

    private int again(Ledger ledger, List<Run> wanted, AuditLimits limits) throws CommandFailure, AuditException {
        Set<String> refused = new TreeSet<>();
        List<AuditKey> granted = new ArrayList<>();
        for (Run run : wanted) {
            Optional<String> refusal = limits.refusal(run.key());
            if (refusal.isPresent()) {
                refused.add(run.key().task() + " of " + run.key().period() + ": " + refusal.get());
            } else {
                granted.add(run.key());
            }
        }
        int left = wanted.size() - granted.size();
        int again = 0;
        for (AuditKey key : granted) { // when it is known of all, so that a failure before that changes nothing
            again += ledger.audits().again(key) ? 1 : 0;
        }
        if (again > 0) {
            spec.commandLine().getOut().println(again + " audits will be done again");
        }
        if (left > 0) {
            throw CommandFailure.failed(
                    left + " audits would never be done again, and were left as they are: "
                            + String.join("; ", refused),
                    null);
        }
        if (again == 0) {
            throw CommandFailure.failed("they are being done right now; nothing was changed", null);
        }
        return ExitCode.DONE;
    }
}
