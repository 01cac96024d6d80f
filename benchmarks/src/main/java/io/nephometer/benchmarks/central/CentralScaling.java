// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.benchmarks.Figures;
import io.nephometer.benchmarks.MeasuringCommand;
import io.nephometer.benchmarks.central.Cluster.Timing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code central-scaling}. */
@Command(
        name = "central-scaling",
        description =
                "More and more agents over one cloud: requests, samples per second, and what moves when one joins.")
public final class CentralScaling extends MeasuringCommand {
    private static final int SLOTS = 2;
    private static final double MILLIS = 1000;

    @Option(
            names = "--agents",
            split = ",",
            defaultValue = "1,2,4,8",
            description = "How many agents, one after the other, each no fewer than the one before (${DEFAULT-VALUE}).")
    private List<Integer> counts = new ArrayList<>();

    @Option(names = "--images", defaultValue = "600", description = "Images of the cloud (${DEFAULT-VALUE}).")
    private int images;

    @Option(names = "--volumes", defaultValue = "2000", description = "Its volumes (${DEFAULT-VALUE}).")
    private int volumes;

    @Option(
            names = "--projects",
            defaultValue = "128",
            description = "Its projects, each asked for by itself (${DEFAULT-VALUE}); 10000 for the goal of that name.")
    private int projects;

    @Option(names = "--interval-seconds", defaultValue = "20", description = "Of the slots (${DEFAULT-VALUE}).")
    private int interval;

    @Option(names = "--lease-seconds", defaultValue = "5", description = "Of the members (${DEFAULT-VALUE}).")
    private int lease;

    @Option(
            names = "--launcher",
            defaultValue = "nephometer",
            description =
                    "What starts an agent (${DEFAULT-VALUE}); if there is no such program, the class path of this one.")
    private Path launcher = Path.of("");

    @Override
    protected Figures measure() throws Exception {
        Path folder = Files.createTempDirectory("nephometer-bench-central-");
        List<Map<String, Object>> rows = new ArrayList<>();
        boolean whole = true;
        Timing timing = new Timing(Duration.ofSeconds(interval), Duration.ofSeconds(lease));
        try (CloudUnderTest cloud = new CloudUnderTest(images, volumes, projects);
                Servers servers = Servers.start(0)) {
            cloud.start();
            try (Cluster cluster = new Cluster(servers, cloud, timing, launcher, folder)) {
                say(
                        "%7s %9s %9s %9s %10s %9s %7s %7s",
                        "agents", "listings", "requests", "messages", "samples", "busy", "per s", "moved");
                for (int count : counts) {
                    Map<String, Object> row = measure(cluster, count);
                    rows.add(row);
                    whole &= Boolean.TRUE.equals(row.get("whole"));
                }
            }
        }
        if (whole) {
            Folders.delete(folder);
        }
        Figures figures = new Figures(name())
                .put("interval_s", (long) interval)
                .put("images", (long) images)
                .put("volumes", (long) volumes)
                .put("projects", (long) projects)
                .put("rows", rows)
                .goal("rows with samples missing or doubled", whole ? 0 : 1, 0, false);
        return whole ? figures : figures.failed();
    }

    private Map<String, Object> measure(Cluster cluster, int count) throws Exception {
        Map<String, String> before = cluster.owners();
        int members = cluster.live().size();
        cluster.settle(count);
        cluster.awaitWholeSlot();
        Moves moves = Moves.between(before, cluster.owners());
        Stage stage = new Stage(cluster, count);
        stage.begin();
        SlotLoad load = stage.countLoad(count + " agents", SLOTS);
        Books.Window window = stage.end(SLOTS);
        Account account = Account.of(
                cluster.books(), window, cluster.cloud(), cluster.owners().keySet());
        Pace pace = Pace.of(cluster.books(), window);
        double samples = account.samples() / (double) window.slots();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("agents", (long) count);
        row.put("agents_before", (long) members);
        row.put("listings_per_slot", load.listings());
        row.put("requests_per_resource_per_slot", load.resourceRequests());
        row.put("messages_per_slot", load.messages());
        row.put("samples_per_slot", samples);
        row.put("busy_s_per_slot", pace.busy().toMillis() / MILLIS);
        row.put("measuring_s_per_slot", pace.measuring().toMillis() / MILLIS);
        row.put("samples_per_s", samples * MILLIS / Math.max(1, pace.busy().toMillis()));
        row.put("units_moved", moves.share());
        row.put("units_moved_between_others", (long) moves.strays());
        row.put("whole", account.isWhole());
        say(
                "%7d %9.1f %9.1f %9.1f %10.1f %7.2f s %7.0f %7.3f%s",
                count,
                load.listings(),
                load.resourceRequests(),
                load.messages(),
                samples,
                pace.busy().toMillis() / MILLIS,
                samples * MILLIS / Math.max(1, pace.busy().toMillis()),
                moves.share(),
                account.isWhole() ? "" : "  WRONG: " + String.format(Locale.ROOT, "%s", account));
        return row;
    }
}
