// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.central;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.e2e.cloud.check.ApiCheck;
import io.nephometer.e2e.cloud.check.Verdict;
import io.nephometer.e2e.cloud.process.Setup;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code e2e/cloud central}: central agents on a real cloud. */
@Command(
        name = "central",
        mixinStandardHelpOptions = true,
        description =
                "Has several central agents measure a cloud, kills one of them, and holds every sample of every slot"
                        + " against what the APIs list.")
public final class CentralCommand extends ApiCheck<CentralPlan> {
    /** Why something may be short that the API does not tell us either. */
    private static final Set<String> WITHHELD = Set.of("account_closed", "no_number", "unknown_status");

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
    protected CentralPlan plan(Setup setup) {
        return new CentralPlan(setup, agents, interval, slots, lease, made);
    }

    /** Compares while the agents that are left go on: the last slots are committed late. */
    @Override
    protected Verdict check(CentralPlan plan, RestCloud api, PrintWriter told) throws Exception {
        try (CentralRun running = new CentralRun(plan, told)) {
            return compare(plan, running.run(api));
        }
    }

    private static Verdict compare(CentralPlan plan, CentralRun.Seen seen) throws InterruptedException {
        Instant to = seen.from().plus(plan.interval().multipliedBy(plan.slots()));
        Settling settling = new Settling(plan.setup().store(), plan.interval(), seen.from(), to);
        List<SlotRecord> records = settling.await();
        Comparison comparison = new Comparison(seen.facts());
        settling.samples().forEach(comparison::add);
        List<SlotRecord> open =
                records.stream().filter(CentralCommand::isUnexplained).toList();
        boolean isClean = comparison.isClean()
                && open.isEmpty()
                && !seen.takeOver().slowest().isNegative();
        return new Verdict(
                isClean, table(comparison), lines(comparison, open), summary(plan, seen, comparison, records, open));
    }

    /** Whether something is not there although the cloud told it. */
    private static boolean isUnexplained(SlotRecord slot) {
        return slot.state() != SlotState.DONE
                && (slot.reasons().isEmpty()
                        || !slot.reasons().stream().allMatch(reason -> WITHHELD.contains(reason.reason())));
    }

    private static List<String> lines(Comparison comparison, List<SlotRecord> open) {
        List<String> lines = new ArrayList<>(
                comparison.differences().stream().limit(Verdict.SHOWN).toList());
        open.stream()
                .limit(Verdict.SHOWN)
                .forEach(slot -> lines.add("NOT DONE: " + slot.slot().start() + " " + slot.member() + ": "
                        + slot.state() + " " + slot.reasons()));
        return lines;
    }

    private static Map<String, Object> summary(
            CentralPlan plan,
            CentralRun.Seen seen,
            Comparison comparison,
            List<SlotRecord> records,
            List<SlotRecord> open) {
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
        return summary;
    }

    private static Verdict.Table<?> table(Comparison comparison) {
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
        return new Verdict.Table<>(
                layout,
                comparison.rows().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .toList());
    }
}
