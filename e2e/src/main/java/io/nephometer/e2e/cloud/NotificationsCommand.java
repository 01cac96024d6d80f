// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.e2e.cloud.check.Check;
import io.nephometer.e2e.cloud.check.Verdict;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.pipeline.events.EventConverter;
import io.nephometer.runtime.config.ConnectionUrl;
import java.io.PrintWriter;
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

/** {@code e2e/cloud notifications}: the product on the bus of a cloud that is there, checked against a tap. */
@Command(
        name = "notifications",
        mixinStandardHelpOptions = true,
        description =
                "Runs the collector on the bus of a real cloud and checks that every notification which the bus carried"
                        + " is an event, a recovery entry or samples, once. The last line is a JSON object.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything is there, once", "1:something is missing, doubled or disturbed", "2:wrong usage"})
final class NotificationsCommand extends Check {
    @Option(
            names = "--amqp",
            required = true,
            paramLabel = "URL",
            description = "The cloud's broker, as in transport_url.")
    private ConnectionUrl amqp = new ConnectionUrl("amqp://localhost/");

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = "The ledger to use; not given: a SQLite ledger in the output folder.")
    private @Nullable ConnectionUrl store;

    @Option(
            names = "--exchanges",
            split = ",",
            paramLabel = "NAME",
            description = "Exchanges of the services; not given: those of the product's defaults that are there.")
    private List<String> exchanges = List.of();

    @Option(names = "--topics", split = ",", paramLabel = "NAME", description = "Topics; default: ${DEFAULT-VALUE}.")
    private List<String> topics = List.of("notifications", "versioned_notifications");

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to listen if there is no command; default: ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--kill-every",
            paramLabel = "TIME",
            description = "Kill the collector (SIGKILL) whenever it has been up for this long, and start it again.")
    private @Nullable Duration killEvery;

    @Option(
            names = "--quiet",
            paramLabel = "TIME",
            description = "Close the tap when nothing has come for so long; default: 5s.")
    private Duration quiet = Duration.ofSeconds(5);

    @Option(
            names = "--quiet-limit",
            paramLabel = "TIME",
            description = "Close it after so long in any case; default: 30s.")
    private Duration quietLimit = Duration.ofSeconds(30);

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            description = "Give up when the ledger has come no further for so long; default: 1m.")
    private Duration settle = Duration.ofMinutes(1);

    @Option(
            names = "--inspect",
            paramLabel = "COMMAND",
            description = "Lists what the broker has, a line each, its name first; compared before and after; may be"
                    + " repeated: \"rabbitmqctl -q list_exchanges name type durable auto_delete arguments\".")
    private List<String> inspect = List.of();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Traffic to run on the cloud, after --.")
    private List<String> command = List.of();

    @Override
    protected Verdict check(PrintWriter told) throws Exception {
        Path folder = folder(told);
        CloudPlan plan = fromOptions(() -> new CloudPlan(
                product(), amqp, store, folder, exchanges, topics, quiet, quietLimit, settle, killEvery, inspect));
        CloudRun.Result result = new CloudRun(plan, told)
                .run(() -> command.isEmpty() ? Traffic.of(Duration.ofSeconds(seconds)) : Traffic.command(command));
        Comparison comparison = result.comparison();
        Map<String, Object> summary = comparison.summary();
        summary.put("killed", result.killed());
        summary.putAll(result.figures());
        summary.put("disturbed", result.disturbances().size());
        return new Verdict(
                result.isClean(),
                new Verdict.Table<>(layout(), List.copyOf(comparison.rows().entrySet())),
                lines(result),
                summary);
    }

    private static List<String> lines(CloudRun.Result result) {
        List<String> lines = new ArrayList<>();
        Comparison comparison = result.comparison();
        comparison.reasons().entrySet().stream()
                .limit(Verdict.SHOWN)
                .forEach(entry -> lines.add("in recovery: " + entry.getKey() + ": " + entry.getValue()));
        comparison.missingIds().stream().limit(Verdict.SHOWN).forEach(id -> lines.add("MISSING: " + id));
        result.changes().stream().limit(Verdict.SHOWN).forEach(change -> lines.add("on the broker: " + change));
        result.disturbances().forEach(change -> lines.add("DISTURBED: " + change));
        return lines;
    }

    /** {@code definition}: whether the shipped definitions name the type, or the event has just the default traits. */
    private static Layout<Map.Entry<String, Comparison.Row>> layout() {
        DefinitionOptions named = new DefinitionOptions(true, Set.of(), List.of(), List.of(), 256);
        EventConverter events = Definitions.shipped(named).events();
        return new Layout<>(
                List.of(
                        Column.text("event type", Map.Entry::getKey),
                        Column.text(
                                "definition",
                                row -> events.definitionOf(row.getKey()).isPresent() ? "yes" : "no"),
                        Column.number("carried", row -> row.getValue().carried()),
                        Column.number("events", row -> row.getValue().events()),
                        Column.number("recovered", row -> row.getValue().recovered()),
                        Column.number("sample only", row -> row.getValue().sampleOnly()),
                        Column.number("missing", row -> row.getValue().missing()),
                        Column.number("doubled", row -> row.getValue().doubled())),
                row -> Map.of("event_type", row.getKey()));
    }
}
