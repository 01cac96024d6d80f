// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.app.output.RowWriter;
import io.nephometer.app.output.Terminal;
import io.nephometer.e2e.cloud.process.Launcher;
import io.nephometer.e2e.cloud.process.RunOption;
import io.nephometer.e2e.cloud.rest.CloudOption;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.runtime.json.Json;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code e2e/cloud central}: central agents on a real cloud. */
@Command(
        name = "central",
        mixinStandardHelpOptions = true,
        description =
                "Has several central agents measure a cloud, kills one of them, and holds every sample of every slot"
                        + " against what the APIs list.")
public final class CentralCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    /** Why something may be short that the API does not tell us either. */
    private static final Set<String> WITHHELD = Set.of("account_closed", "no_number", "unknown_status");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Launcher launcher = List::of;

    @Mixin
    private CloudOption cloud = new CloudOption();

    @Mixin
    private RunOption run = new RunOption();

    @Option(names = "--agents", paramLabel = "N", description = "How many agents; default: ${DEFAULT-VALUE}.")
    private int agents = 3;

    @Option(names = "--interval", paramLabel = "TIME", description = "Length of a slot; default: 30s.")
    private Duration interval = Duration.ofSeconds(30);

    @Option(names = "--slots", paramLabel = "N", description = "How many are compared; default: ${DEFAULT-VALUE}.")
    private int slots = 6;

    @Option(names = "--lease", paramLabel = "TIME", description = "Lease of the agents; default: 10s.")
    private Duration lease = Duration.ofSeconds(10);

    @Option(
            names = "--make",
            paramLabel = "N",
            description =
                    "So many images, volumes, snapshots, floating IPs and containers are made first, one more in the"
                            + " middle, and removed at the end; 0: nothing is changed in the cloud; default: ${DEFAULT-VALUE}.")
    private int made = 4;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (RestCloud api = new RestCloud(cloud.access());
                RunOption ending = run) {
            Path folder = ending.folder();
            err.println("output: " + folder);
            CentralPlan plan = plan(folder, ending.ledger());
            try (CentralRun agentsRun = new CentralRun(plan, err)) {
                CentralRun.Seen seen = agentsRun.run(api);
                return compare(plan, seen, out) ? 0 : 1;
            }
        }
    }

    private CentralPlan plan(Path folder, String store) {
        try {
            return new CentralPlan(
                    launcher.command(), folder, store, cloud.section(), agents, interval, slots, lease, made);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean compare(CentralPlan plan, CentralRun.Seen seen, PrintWriter out)
            throws InterruptedException {
        Instant to = seen.from().plus(plan.interval().multipliedBy(plan.slots()));
        Settling settling = new Settling(plan.store(), plan.interval(), seen.from(), to);
        List<SlotRecord> records = settling.await();
        Comparison comparison = new Comparison(seen.facts());
        settling.samples().forEach(comparison::add);
        List<SlotRecord> open =
                records.stream().filter(CentralCommand::isUnexplained).toList();
        print(comparison, out);
        open.stream()
                .limit(SHOWN)
                .forEach(slot -> out.println("NOT DONE: " + slot.slot().start() + " " + slot.member() + ": "
                        + slot.state() + " " + slot.reasons()));
        Map<String, Object> summary = comparison.summary();
        summary.put("agents", plan.agents());
        summary.put("slots_of_units", records.size());
        summary.put("slots_not_done", open.size());
        summary.put(
                "slots_that_the_cloud_withheld",
                records.stream().filter(slot -> slot.state() != SlotState.DONE).count() - open.size());
        summary.put("killed_owned", seen.takeOver().units().size());
        summary.put("taken_over_within_ms", seen.takeOver().slowest().toMillis());
        summary.put("requests", seen.requests());
        out.println(Json.write(summary));
        return comparison.isClean()
                && open.isEmpty()
                && !seen.takeOver().slowest().isNegative();
    }

    /** Whether something is not there although the cloud told it. */
    private static boolean isUnexplained(SlotRecord slot) {
        return slot.state() != SlotState.DONE
                && (slot.reasons().isEmpty()
                        || !slot.reasons().stream().allMatch(reason -> WITHHELD.contains(reason.reason())));
    }

    private static void print(Comparison comparison, PrintWriter out) {
        Layout<Map.Entry<String, Comparison.Row>> layout = new Layout<>(
                List.of(
                        Column.text("meter", Map.Entry::getKey),
                        Column.number("expected", row -> row.getValue().expected()),
                        Column.number("found", row -> row.getValue().found()),
                        Column.number("missing", row -> row.getValue().missing()),
                        Column.number("doubled", row -> row.getValue().doubled()),
                        Column.number("wrong", row -> row.getValue().wrong()),
                        Column.number("unexpected", row -> row.getValue().unexpected())),
                row -> Map.of("meter", row.getKey()));
        try (RowWriter<Map.Entry<String, Comparison.Row>> rows =
                RowWriter.open(OutputFormat.TABLE, layout, out, Terminal.NONE)) {
            comparison.rows().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(rows::write);
        }
        comparison.differences().stream().limit(SHOWN).forEach(out::println);
    }
}
