// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.audits;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.app.output.RowWriter;
import io.nephometer.app.output.Terminal;
import io.nephometer.e2e.cloud.process.Launcher;
import io.nephometer.e2e.cloud.process.RunOption;
import io.nephometer.e2e.cloud.rest.CloudOption;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.model.Period;
import io.nephometer.runtime.config.ConnectionUrl;
import io.nephometer.runtime.json.Json;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code e2e/cloud audits}: our audit of usage beside Nova's. */
@Command(
        name = "audits",
        mixinStandardHelpOptions = true,
        description =
                "Audits the period that is running, as Nova's instance_usage_audit does, waits until both are done,"
                        + " and compares what they told, field by field.")
public final class AuditsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Launcher launcher = List::of;

    @Mixin
    private CloudOption cloud = new CloudOption();

    @Mixin
    private RunOption run = new RunOption();

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
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (RestCloud api = new RestCloud(cloud.access());
                RunOption ending = run) {
            Path folder = ending.folder();
            err.println("output: " + folder);
            AuditsPlan plan = new AuditsPlan(
                    launcher.command(),
                    folder,
                    ending.ledger(),
                    cloud.section(),
                    amqp.reveal(),
                    exchange,
                    queue,
                    period,
                    patience,
                    command);
            Period audited;
            try (AuditsRun running = new AuditsRun(plan, err)) {
                audited = running.run(api);
            }
            Told told = Told.read(plan.store(), audited);
            FieldComparison comparison = new FieldComparison(told, allowed);
            Files.write(folder.resolve("differences.txt"), comparison.differences());
            print(comparison, out);
            Map<String, Object> summary = comparison.summary();
            summary.put("period", audited.toString());
            summary.put("repeated", told.repeated());
            out.println(Json.write(summary));
            return comparison.isClean() && told.repeated() == 0 ? 0 : 1;
        }
    }

    private static void print(FieldComparison comparison, PrintWriter out) {
        Layout<Map.Entry<String, FieldComparison.Row>> layout = new Layout<>(
                List.of(
                        Column.text("field", Map.Entry::getKey),
                        Column.number("same", row -> row.getValue().same()),
                        Column.number("different", row -> row.getValue().different()),
                        Column.text("allowed", row -> comparison.isAllowed(row.getKey()) ? "yes" : ""),
                        Column.text("first difference", row -> row.getValue().example())),
                row -> Map.of("field", row.getKey()));
        try (RowWriter<Map.Entry<String, FieldComparison.Row>> rows =
                RowWriter.open(OutputFormat.TABLE, layout, out, Terminal.NONE)) {
            comparison.rows().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(rows::write);
        }
        comparison.onNoHost().forEach(instance -> out.println("ONLY OURS, ON NO HOST: " + instance));
        comparison.onlyOurs().forEach(instance -> out.println("ONLY OURS: " + instance));
        comparison.onlyNovas().forEach(instance -> out.println("ONLY NOVA'S: " + instance));
    }
}
