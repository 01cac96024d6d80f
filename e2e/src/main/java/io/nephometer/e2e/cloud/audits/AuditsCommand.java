// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.e2e.cloud.check.ApiCheck;
import io.nephometer.e2e.cloud.check.Verdict;
import io.nephometer.e2e.cloud.process.RunLedger;
import io.nephometer.e2e.cloud.process.Setup;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.model.Period;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.store.ledger.AuditView;
import io.nephometer.store.ledger.LedgerView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code e2e/cloud audits}: our audit of usage beside Nova's. */
@Command(
        name = "audits",
        mixinStandardHelpOptions = true,
        description =
                "Audits the period that is running, as Nova's instance_usage_audit does, waits until both are done,"
                        + " and compares what they told, field by field.")
public final class AuditsCommand extends ApiCheck<AuditsPlan> {
    @Option(
            names = "--amqp",
            required = true,
            paramLabel = "URL",
            description = "The cloud's broker, as in transport_url.")
    private ConnectionUrl amqp = new ConnectionUrl("amqp://localhost/");

    @Option(names = "--exchange", paramLabel = "NAME", description = "Nova's; default: ${DEFAULT-VALUE}.")
    private String exchange = "nova";

    @Option(
            names = "--queue",
            paramLabel = "NAME",
            description =
                    "A queue in which Nova's notifications of the last whole period wait, such as notifications.info:"
                            + " it is emptied, and that period is audited now.")
    private @Nullable String queue;

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            description = "Nova's instance_usage_audit_period; default: ${DEFAULT-VALUE}.")
    private String period = "hour";

    @Option(
            names = "--cells",
            paramLabel = "FILE",
            description =
                    "The section nova_cells of a configuration: our audit reads these databases, not the inventory that"
                            + " is made from the API.")
    private @Nullable Path cells;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            description = "How long after its end both may take; default: 10m.")
    private Duration patience = Duration.ofMinutes(10);

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "FIELD",
            description =
                    "Fields whose differences are known, and no_host for instances that are on no host: they are shown"
                            + " and do not make it fail.")
    private Set<String> allowed = Set.of();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Traffic to run on the cloud, after --.")
    private List<String> command = List.of();

    @Override
    protected AuditsPlan plan(Setup setup) {
        @Nullable String databases = cells == null ? null : read(cells);
        return new AuditsPlan(setup, amqp.reveal(), exchange, queue, period, databases, patience, command);
    }

    private static String read(Path cells) {
        try {
            return Files.readString(cells);
        } catch (IOException e) {
            throw new IllegalArgumentException("--cells " + cells + " cannot be read: " + e, e);
        }
    }

    @Override
    protected Verdict check(AuditsPlan plan, RestCloud api, PrintWriter told) throws Exception {
        Period audited;
        try (AuditsRun running = new AuditsRun(plan, told)) {
            audited = running.run(api);
        }
        Told both = Told.read(plan.setup().store(), audited);
        FieldComparison comparison = new FieldComparison(both, allowed);
        Files.write(plan.setup().folder().resolve("differences.txt"), comparison.differences());
        Map<String, Object> summary = comparison.summary();
        summary.put("period", audited.toString());
        summary.put("repeated", both.repeated());
        summary.put("unsure", unsure(plan, audited));
        return new Verdict(comparison.isClean() && both.repeated() == 0, table(comparison), lines(comparison), summary);
    }

    /** Of how many instances our audit says that they may not be told as they were. */
    private static long unsure(AuditsPlan plan, Period audited) {
        try (LedgerView ledger = RunLedger.open(plan.setup().store())) {
            return AuditsRun.shares(ledger, audited).stream()
                    .mapToLong(AuditView.Run::unsure)
                    .sum();
        }
    }

    private static Verdict.Table<?> table(FieldComparison comparison) {
        Layout<Map.Entry<String, FieldComparison.Row>> layout = new Layout<>(
                List.of(
                        Column.text("field", Map.Entry::getKey),
                        Column.number("same", row -> row.getValue().same()),
                        Column.number("different", row -> row.getValue().different()),
                        Column.text("allowed", row -> comparison.isAllowed(row.getKey()) ? "yes" : ""),
                        Column.text("first difference", row -> row.getValue().example())),
                row -> Map.of("field", row.getKey()));
        return new Verdict.Table<>(
                layout,
                comparison.rows().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .toList());
    }

    private static List<String> lines(FieldComparison comparison) {
        List<String> lines = new ArrayList<>();
        comparison.onNoHost().forEach(instance -> lines.add("ONLY OURS, ON NO HOST: " + instance));
        comparison.onlyOurs().forEach(instance -> lines.add("ONLY OURS: " + instance));
        comparison.onlyNovas().forEach(instance -> lines.add("ONLY NOVA'S: " + instance));
        return lines;
    }
}
