// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.inventory;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code metadata-cache}. Counts requests where they arrive, in the simulated services. */
@Command(
        name = "metadata-cache",
        description = "What an agent asks of Nova, Glance and Keystone to know its instances: cache on against off.")
public final class MetadataCache extends MeasuringCommand {
    @Option(names = "--instances", defaultValue = "100", description = "Instances on the host (${DEFAULT-VALUE}).")
    private int instances;

    @Option(names = "--cycles", defaultValue = "60", description = "Cycles (${DEFAULT-VALUE}).")
    private int cycles;

    @Option(names = "--interval", defaultValue = "60", description = "Seconds between cycles (${DEFAULT-VALUE}).")
    private int interval;

    @Option(
            names = "--changes",
            defaultValue = "0.1",
            description = "Changes per instance and hour (${DEFAULT-VALUE}).")
    private double changes;

    @Override
    protected Figures measure() throws Exception {
        AgentRun.Plan plan = new AgentRun.Plan(instances, cycles, Duration.ofSeconds(interval), changes);
        AgentRun off = AgentRun.of(plan, false);
        AgentRun on = AgentRun.of(plan, true);
        print(off, on);
        long listings = on.all().of("nova: all servers") + on.all().of("nova: changed servers");
        long catalog = on.afterFirst().of("nova: flavors") + on.afterFirst().of("glance");
        return new Figures(name())
                .put("instances", (long) instances)
                .put("cycles", (long) cycles)
                .put("interval_s", (long) interval)
                .put("changes_per_instance_hour", changes)
                .put("off_requests", off.all().tree())
                .put("on_requests", on.all().tree())
                .put("on_requests_after_first_cycle", on.afterFirst().tree())
                .put("off_bytes", off.bytes())
                .put("on_bytes", on.bytes())
                .put("failed_refreshes", (long) off.failed() + on.failed())
                .ratio((double) on.all().total() / off.all().total(), "requests with the cache off")
                .goal("lists of servers per cycle, cache on", (double) listings / cycles, 1, false)
                .goal(
                        "requests for flavors and images after the first cycle, cache on; as many as were added",
                        (double) catalog,
                        (double) on.added(),
                        false);
    }

    private void print(AgentRun off, AgentRun on) {
        say(
                "%d instances, %d cycles of %d s, %.1f changes per instance and hour",
                instances, cycles, interval, changes);
        say("%-24s %10s %10s %18s", "requests", "cache off", "cache on", "on, after the 1st");
        for (String kind : RequestTable.KINDS) {
            say(
                    "%-24s %10d %10d %18d",
                    kind, off.all().of(kind), on.all().of(kind), on.afterFirst().of(kind));
        }
        say(
                "%-24s %10d %10d %18d",
                "all", off.all().total(), on.all().total(), on.afterFirst().total());
        say("%-24s %10d %10d", "bytes of answers", off.bytes(), on.bytes());
    }
}
