// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.benchmarks.central.Cluster.Timing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code central-agents}. */
@Command(
        name = "central-agents",
        description =
                "Agents as processes over a real PostgreSQL and etcd, disturbed in many ways: samples that are doubled or missing.")
public final class CentralAgents extends MeasuringCommand {
    @Option(
            names = "--scenario",
            description = "One of them; may be given several times. None: all. --list shows them.")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--list", description = "Show the scenarios and do nothing.")
    private boolean list;

    @Option(
            names = "--coordinator",
            description = "What members know one another by: sql, etcd (one node), etcd3 (three); several times."
                    + " None: all of them.")
    private List<String> coordinators = new ArrayList<>();

    @Option(names = "--agents", defaultValue = "3", description = "How many there are at first (${DEFAULT-VALUE}).")
    private int agents;

    @Option(names = "--images", defaultValue = "600", description = "Images of the cloud (${DEFAULT-VALUE}).")
    private int images;

    @Option(names = "--volumes", defaultValue = "2000", description = "Its volumes (${DEFAULT-VALUE}).")
    private int volumes;

    @Option(
            names = "--projects",
            defaultValue = "128",
            description = "Its projects, each with an account in Swift that is asked for by itself (${DEFAULT-VALUE}).")
    private int projects;

    @Option(
            names = "--interval-seconds",
            defaultValue = "12",
            description = "Of the slots (${DEFAULT-VALUE}); more than the lease and six seconds.")
    private int interval;

    @Option(names = "--lease-seconds", defaultValue = "3", description = "Of the members (${DEFAULT-VALUE}).")
    private int lease;

    @Option(
            names = "--launcher",
            defaultValue = "nephometer",
            description =
                    "What starts an agent (${DEFAULT-VALUE}); if there is no such program, the class path of this one.")
    private Path launcher = Path.of("");

    @Option(names = "--keep", description = "Keep configurations and logs even if all went well.")
    private boolean keep;

    @Override
    protected Figures measure() throws Exception {
        Figures figures = new Figures(name());
        if (list) {
            Arrays.stream(Scenario.values()).forEach(one -> say("%-18s %s", one.label(), one.what()));
            return figures;
        }
        Path folder = Files.createTempDirectory("nephometer-bench-central-");
        List<Outcome> outcomes = new ArrayList<>();
        try (CloudUnderTest cloud = new CloudUnderTest(images, volumes, projects)) {
            cloud.start();
            for (Coordination coordination : coordinations()) {
                outcomes.addAll(play(coordination, cloud, folder));
            }
        }
        say("%s", "");
        say("%s", Outcome.HEAD);
        outcomes.forEach(outcome -> say("%s", outcome.row()));
        long wrong = outcomes.stream().filter(outcome -> !outcome.isGood()).count();
        if (wrong == 0 && !keep) {
            Folders.delete(folder);
        } else {
            say("Configurations and logs are in %s", folder);
        }
        figures.put("agents", (long) agents)
                .put("interval_s", (long) interval)
                .put("lease_s", (long) lease)
                .put("images", (long) images)
                .put("volumes", (long) volumes)
                .put("scenarios", outcomes.stream().map(Outcome::tree).toList())
                .goal("scenarios that went wrong", (double) wrong, 0, false);
        return wrong == 0 ? figures : figures.failed();
    }

    private List<Coordination> coordinations() {
        return coordinators.isEmpty()
                ? List.of(Coordination.values())
                : coordinators.stream()
                        .map(name -> named(Coordination.values(), name))
                        .toList();
    }

    private List<Scenario> scenarios() {
        return wanted.isEmpty()
                ? List.of(Scenario.values())
                : wanted.stream().map(name -> named(Scenario.values(), name)).toList();
    }

    private static <T extends Enum<T>> T named(T[] values, String name) {
        return Arrays.stream(values)
                .filter(value ->
                        value.name().equals(name.toUpperCase(Locale.ROOT).replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is none of " + Arrays.toString(values).toLowerCase(Locale.ROOT)));
    }

    /** One cluster plays all scenarios that have the same timing. */
    private List<Outcome> play(Coordination coordination, CloudUnderTest cloud, Path folder) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        Timing usual = new Timing(Duration.ofSeconds(interval), Duration.ofSeconds(lease));
        List<Scenario> suitable =
                scenarios().stream().filter(coordination::suits).toList();
        Set<Timing> timings = suitable.stream()
                .map(scenario -> scenario.timing(usual))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        try (Servers servers = Servers.start(coordination.nodes())) {
            for (Timing timing : timings) {
                try (Cluster cluster = new Cluster(servers, cloud, timing, launcher, folder)) {
                    for (Scenario scenario : suitable) {
                        if (scenario.timing(usual).equals(timing)) {
                            outcomes.add(play(scenario, coordination, cluster));
                        }
                    }
                }
            }
        }
        return outcomes;
    }

    private Outcome play(Scenario scenario, Coordination coordination, Cluster cluster) throws InterruptedException {
        say("%s, %s: %s", scenario.label(), coordination.label(), scenario.what());
        int count = Math.max(agents, scenario.least());
        Outcome outcome = outcome(scenario, coordination, cluster, count);
        say("%s", outcome.row());
        Account account = outcome.account();
        if (account != null) {
            account.bad().forEach(slot -> say("    %s", slot));
        }
        return outcome;
    }

    private static Outcome outcome(Scenario scenario, Coordination coordination, Cluster cluster, int count)
            throws InterruptedException {
        try {
            cluster.servers().restart();
            cluster.settle(count);
            cluster.awaitWholeSlot();
            Stage stage = new Stage(cluster, count);
            Books.Window window = scenario.play(stage);
            Account account = Account.of(
                    cluster.books(), window, cluster.cloud(), cluster.owners().keySet());
            return Outcome.of(scenario, coordination, account, stage);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return Outcome.failed(scenario, coordination, e);
        }
    }
}
