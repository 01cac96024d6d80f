// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code global-cache}. Counts requests where they arrive, and compares the metadata of every sample with the simulated cloud. */
@Command(
        name = "global-cache",
        description =
                "What the agents of a whole cloud ask of its services, and how true what they know is: no cache, a cache"
                        + " each, one for all, one that notifications feed.")
public final class GlobalCache extends MeasuringCommand {
    private static final double DELTAS = 1;
    private static final double DELTAS_WITH_FEED = 0.1;
    private static final double AGE_SECONDS = 65;
    private static final double VISIBLE_SECONDS = 5;
    private static final double PAGE = 1000;

    @Option(names = "--hosts", defaultValue = "500", description = "Hypervisors, an agent on each (${DEFAULT-VALUE}).")
    private int hosts;

    @Option(names = "--instances", defaultValue = "100", description = "Instances on each host (${DEFAULT-VALUE}).")
    private int instances;

    @Option(names = "--minutes", defaultValue = "30", description = "Simulated minutes (${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--minutes-alone",
            defaultValue = "4",
            description = "Simulated minutes of the modes in which each agent asks by itself (${DEFAULT-VALUE}).")
    private int minutesAlone;

    @Option(names = "--interval", defaultValue = "60", description = "Seconds between cycles (${DEFAULT-VALUE}).")
    private int interval;

    @Option(
            names = "--changing",
            defaultValue = "0.2",
            description = "Part of the instances that change in that time (${DEFAULT-VALUE}).")
    private double changing;

    @Override
    protected Figures measure() throws Exception {
        Plan plan = new Plan(hosts, instances, minutes, Duration.ofSeconds(interval), changing);
        List<Outcome> outcomes = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            outcomes.add(run(mode, mode.isShared() ? plan : plan.lasting(Math.min(minutes, minutesAlone))));
        }
        outcomes.add(run(Mode.GLOBAL, plan.doubled()));
        OutcomeTable.lines(outcomes).forEach(line -> say("%s", line));
        return figures(outcomes);
    }

    private Outcome run(Mode mode, Plan plan) throws Exception {
        say("%s: %d hosts with %d instances, %d minutes …", mode.text(), plan.hosts(), instances, plan.minutes());
        Outcome outcome = CloudRun.of(mode, plan);
        say("… took %.0f s", outcome.seconds());
        return outcome;
    }

    private Figures figures(List<Outcome> outcomes) {
        Outcome alone = outcomes.get(0);
        Outcome global = outcomes.get(2);
        Outcome fed = outcomes.get(3);
        Outcome doubled = outcomes.get(4);
        Figures figures = new Figures(name()).put("changing", changing).put("instances_per_host", (long) instances);
        figures.put("modes", trees(outcomes));
        figures.ratio(
                global.minutes().rate(Minutes.of("nova")) / alone.minutes().rate(Minutes.of("nova")),
                "Nova's requests a minute without a cache");
        figures.goal("delta polls a minute, global", deltas(global), DELTAS, false)
                .goal("delta polls a minute, global, hosts doubled", deltas(doubled), DELTAS, false)
                .goal("delta polls a minute, global + feed", deltas(fed), DELTAS_WITH_FEED, false)
                .goal(
                        "requests of the cold start, global: pages, flavors, images, login",
                        coldStart(global),
                        most(),
                        false)
                .goal("age at sampling, p99, global, s", global.samples().ages().quantile(0.99), AGE_SECONDS, false)
                .goal("wrong samples, all modes", wrong(outcomes), 0, false);
        Feeding feeding = fed.feeding();
        return feeding == null
                ? figures
                : figures.goal(
                        "from a change that has an event to the cache, max, s",
                        feeding.visible().most(),
                        VISIBLE_SECONDS,
                        false);
    }

    private static double deltas(Outcome outcome) {
        return outcome.minutes().rate(Minutes::isDelta);
    }

    private static double coldStart(Outcome outcome) {
        return outcome.minutes().coldStart().stream()
                .filter(request -> request.asked().service().equals("nova")
                        && request.asked().path().endsWith("/servers/detail")
                        && !Minutes.isDelta(request))
                .count();
    }

    /** A page for each thousand instances, and the empty one behind a last page that is full. */
    private double most() {
        return Math.ceil(hosts * instances / PAGE) + 1;
    }

    private static double wrong(List<Outcome> outcomes) {
        return outcomes.stream().mapToLong(outcome -> outcome.samples().wrong()).sum();
    }

    private static Map<String, Object> trees(List<Outcome> outcomes) {
        Map<String, Object> trees = new LinkedHashMap<>();
        outcomes.forEach(outcome ->
                trees.merge(outcome.mode().name().toLowerCase(Locale.ROOT), outcome.tree(), (one, other) -> one));
        trees.put("global_doubled", outcomes.getLast().tree());
        return trees;
    }
}
