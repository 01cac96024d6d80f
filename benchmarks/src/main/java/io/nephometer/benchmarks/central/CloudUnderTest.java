// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.central;

import io.nephometer.runtime.WallClock;
import io.nephometer.simulator.SimulatedCloud;
import io.nephometer.simulator.SimulatedCloudOptions;
import io.nephometer.simulator.api.QueryKind;
import io.nephometer.simulator.cloud.Holding;
import io.nephometer.simulator.cloud.StockPlan;
import io.nephometer.simulator.cloud.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A simulated cloud that does not change, and what is to be measured of it in each slot. */
final class CloudUnderTest implements AutoCloseable {
    private static final Set<QueryKind> LISTS = EnumSet.of(QueryKind.FULL, QueryKind.NEXT_PAGE, QueryKind.OTHER);
    private static final Map<Holding.Kind, String> METERS = Map.of(
            Holding.Kind.VOLUME, "volume.size",
            Holding.Kind.SNAPSHOT, "volume.snapshot.size",
            Holding.Kind.BACKUP, "volume.backup.size",
            Holding.Kind.FLOATING_IP, "ip.floating");
    private static final List<String> PER_PROJECT = List.of("storage.objects", "storage.objects.size");

    private final SimulatedCloud cloud;

    /** A meter of a resource. */
    record Series(String meter, String resource) {}

    CloudUnderTest(int images, int volumes, int projects) {
        cloud = new SimulatedCloud(
                SimulatedCloudOptions.of(WallClock.system(), 1, 1).withProjects(projects));
        cloud.stock()
                .fill(new StockPlan(
                        images - cloud.cloud().images().size(), volumes, volumes / 10, volumes / 20, 100, 0, 1));
    }

    void start() throws IOException {
        cloud.start();
    }

    String authUrl() {
        return cloud.authUrl();
    }

    /** As {@code meters:} in polling.yaml has it. */
    static String meters() {
        List<String> meters = new ArrayList<>(METERS.values().stream().sorted().toList());
        meters.add("image.size");
        meters.addAll(PER_PROJECT);
        return meters.toString();
    }

    /** What each slot must hold, once. */
    List<Series> expected() {
        List<Series> expected = new ArrayList<>();
        cloud.cloud().images().forEach(image -> expected.add(new Series("image.size", image.id())));
        METERS.forEach((kind, meter) ->
                cloud.stock().all(kind).forEach(holding -> expected.add(new Series(meter, holding.id()))));
        for (User owner : cloud.cloud().directory().members()) {
            PER_PROJECT.forEach(
                    meter -> expected.add(new Series(meter, owner.project().id())));
        }
        return expected;
    }

    /** Listings that were asked for until now, each page for itself; without logging in and without what is asked per resource. */
    long listings() {
        return cloud.requests()
                .count(asked -> asked.method().equals("GET")
                        && LISTS.contains(asked.kind())
                        && !asked.service().equals("swift")
                        && !asked.path().contains("auth"));
    }

    /** What was asked per resource until now. */
    long resourceRequests() {
        return cloud.requests().count(asked -> asked.service().equals("swift"));
    }

    long requests() {
        return cloud.requests().total();
    }

    @Override
    public void close() {
        cloud.close();
    }
}
