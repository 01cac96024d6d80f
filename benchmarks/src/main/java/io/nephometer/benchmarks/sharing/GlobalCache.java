// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.sharing;

import io.nephometer.benchmarks.ChildJvm;
import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code global-cache}. Counts requests where they arrive, and compares the metadata of every sample with the simulated cloud. */
@Command(
        name = "global-cache",
        description =
                "What the agents of a whole cloud ask of its services, and how true what they know is: no cache, a cache"
                        + " each, one for all, one that notifications feed.")
public final class GlobalCache extends MeasuringCommand {
    private static final String REQUESTS = "nova_requests_per_minute";
    private static final String POLLS = "nova_delta_polls_per_minute";
    private static final double DELTAS = 1;
    private static final double DELTAS_WITH_FEED = 0.1;
    private static final double AGE_SECONDS = 65;
    private static final double VISIBLE_SECONDS = 5;
    private static final double PAGE = 1000;

    /** A cloud of fifty thousand instances and every version of each of them. */
    private static final int HEAP_MIB = 2048;

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
        List<Map<String, @Nullable Object>> outcomes = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            outcomes.add(run(mode, hosts));
        }
        outcomes.add(run(Mode.GLOBAL, 2 * hosts));
        OutcomeTable.lines(outcomes).forEach(line -> say("%s", line));
        return figures(outcomes);
    }

    /** In a JVM of its own, so that no mode pays for what another left. */
    private Map<String, @Nullable Object> run(Mode mode, int count) throws Exception {
        boolean shorter = !mode.isShared() && minutesAlone < minutes;
        int lasting = shorter ? minutesAlone : minutes;
        say("%s: %d hosts with %d instances, %d minutes …", mode.text(), count, instances, lasting);
        Map<String, @Nullable Object> outcome = new ChildJvm(CloudProgram.class, HEAP_MIB, List.of())
                .run(List.of(
                        mode.name(),
                        Integer.toString(count),
                        Integer.toString(instances),
                        Integer.toString(lasting),
                        Integer.toString(interval),
                        Double.toString(changing * lasting / minutes)));
        say("… took %.0f s", number(outcome, "seconds"));
        return outcome;
    }

    private Figures figures(List<Map<String, @Nullable Object>> outcomes) {
        Map<String, @Nullable Object> global = outcomes.get(2);
        Map<String, @Nullable Object> fed = outcomes.get(3);
        Figures figures = new Figures(name()).put("changing", changing).put("instances_per_host", (long) instances);
        figures.put("modes", outcomes);
        return figures.ratio(
                        number(global, REQUESTS) / number(outcomes.get(0), REQUESTS),
                        "Nova's requests a minute without a cache")
                .goal("delta polls a minute, global", number(global, POLLS), DELTAS, false)
                .goal("delta polls a minute, global, hosts doubled", number(outcomes.get(4), POLLS), DELTAS, false)
                .goal("delta polls a minute, global + feed", number(fed, POLLS), DELTAS_WITH_FEED, false)
                .goal("pages of servers at the cold start, global", number(global, "cold_start_pages"), most(), false)
                .goal("age at sampling, p99, global, s", number(global, "age_p99_s"), AGE_SECONDS, false)
                .goal("wrong samples, all modes", wrong(outcomes), 0, false)
                .goal(
                        "from a change that has an event to the cache, max, s",
                        number(fed, "visible_max_s"),
                        VISIBLE_SECONDS,
                        false);
    }

    private static double number(Map<String, @Nullable Object> outcome, String key) {
        if (outcome.get(key) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalStateException("no figure " + key + " in " + outcome);
    }

    /** A page for each thousand instances, and the empty one behind a last page that is full. */
    private double most() {
        return Math.ceil(hosts * instances / PAGE) + 1;
    }

    private static double wrong(List<Map<String, @Nullable Object>> outcomes) {
        return outcomes.stream()
                .mapToDouble(outcome -> number(outcome, "samples_wrong"))
                .sum();
    }
}
