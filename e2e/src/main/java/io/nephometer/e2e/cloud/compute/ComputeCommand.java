// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.compute;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.e2e.cloud.check.ApiCheck;
import io.nephometer.e2e.cloud.check.Verdict;
import io.nephometer.e2e.cloud.process.Setup;
import io.nephometer.e2e.cloud.rest.RestCloud;
import io.nephometer.runtime.config.ConnectionUrl;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code e2e/cloud compute}: a compute agent on a hypervisor of a real cloud. */
@Command(
        name = "compute",
        mixinStandardHelpOptions = true,
        description =
                "Has an agent measure the instances of this machine, and holds each sample against what the hypervisor"
                        + " says before and after it, and against Nova's API.")
public final class ComputeCommand extends ApiCheck<ComputePlan> {
    @Option(
            names = "--amqp",
            required = true,
            paramLabel = "URL",
            description =
                    "A broker, as in transport_url; an exchange and queues of its own are made there, and removed.")
    private ConnectionUrl amqp = new ConnectionUrl("amqp://localhost/");

    @Option(names = "--host", required = true, paramLabel = "NAME", description = "This machine, as Nova calls it.")
    private String host = "";

    @Option(names = "--libvirt", paramLabel = "URI", description = "Its hypervisor; default: ${DEFAULT-VALUE}.")
    private String libvirt = "qemu:///system";

    @Option(
            names = "--virsh",
            paramLabel = "COMMAND",
            description = "Asks beside the agent; default: ${DEFAULT-VALUE}.")
    private String virsh = "virsh";

    @Option(names = "--interval", paramLabel = "TIME", description = "Length of a slot; default: 20s.")
    private Duration interval = Duration.ofSeconds(20);

    @Option(names = "--slots", paramLabel = "N", description = "How many are compared; default: ${DEFAULT-VALUE}.")
    private int slots = 6;

    @Option(
            names = "--nova-log",
            paramLabel = "FILE",
            description =
                    "What nova-api, or a proxy before it, writes of each request; lists of this host in it are held"
                            + " against what the agent says that it asked.")
    private @Nullable Path novaLog;

    @Override
    protected ComputePlan plan(Setup setup) {
        return new ComputePlan(setup, amqp.reveal(), host, libvirt, virsh, interval, slots, novaLog);
    }

    @Override
    protected Verdict check(ComputePlan plan, RestCloud api, PrintWriter told) throws Exception {
        ComputeRun.Seen seen;
        try (ComputeRun running = new ComputeRun(plan, told)) {
            seen = running.run(api);
        }
        LedgerSamples samples = LedgerSamples.read(
                plan.setup().store(), seen.from(), seen.from().plus(interval.multipliedBy(slots)));
        ComputeComparison comparison = new ComputeComparison(plan, seen, samples);
        return new Verdict(
                comparison.isClean(),
                table(comparison),
                comparison.differences().stream().limit(Verdict.SHOWN).toList(),
                comparison.summary());
    }

    private static Verdict.Table<?> table(ComputeComparison comparison) {
        Layout<Map.Entry<String, CounterComparison.Row>> layout = new Layout<>(
                List.of(
                        Column.text("meter", Map.Entry::getKey),
                        Column.number("expected", row -> row.getValue().expected()),
                        Column.number("found", row -> row.getValue().found()),
                        Column.number("missing", row -> row.getValue().missing()),
                        Column.number("doubled", row -> row.getValue().doubled()),
                        Column.number("outside", row -> row.getValue().outside())),
                row -> Map.of("meter", row.getKey()));
        return new Verdict.Table<>(
                layout,
                comparison.counters().rows().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .toList());
    }
}
