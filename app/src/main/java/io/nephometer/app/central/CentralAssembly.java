// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import io.nephometer.app.cells.CellLists;
import io.nephometer.app.cells.CellsAssembly;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.compute.CloudLogin;
import io.nephometer.app.config.InventoryConfig;
import io.nephometer.app.config.OpenStackConfig;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.refresh.GlobalRefresher;
import io.nephometer.inventory.shared.refresh.Heartbeat;
import io.nephometer.inventory.shared.refresh.ReadingWitness;
import io.nephometer.inventory.shared.refresh.RefresherOptions;
import io.nephometer.inventory.shared.refresh.RefresherReport;
import io.nephometer.inventory.shared.refresh.ServerLists;
import io.nephometer.openstack.OpenStackCloud;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.Origin;
import io.nephometer.runtime.config.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts together what keeps the shared cache up to date: in the role central, in the role all, or in a compute agent that is told to. Any
 * number of processes may; one of them refreshes.
 */
public final class CentralAssembly {
    private final OpenStackCloud cloud;
    private final GlobalRefresher refresher;
    private final Surroundings surroundings;
    private final String name;
    private final Reader reader;

    /** Decides which process reads. */
    @FunctionalInterface
    public interface Reader {
        /** The one that has the seat in the cache. */
        Reader SEATED = _ -> true;

        /** Whether the process of that name may read now. */
        boolean leads(String process);
    }

    /** One that the seat in the cache alone decides about, and that tells nobody but the cache. */
    public CentralAssembly(
            OpenStackConfig openstack, RefresherOptions options, SharedCache cache, Surroundings surroundings)
            throws ConfigException {
        this(openstack, options, cache, surroundings, ReadingWitness.NONE, Reader.SEATED, Optional.empty());
    }

    /**
     * Puts it together; nobody is asked yet.
     *
     * @param cache closed by whoever opened it, after this
     * @param witness sees what is read
     * @param cells where servers are read instead of Nova's API
     * @param reader decides whether this process reads, where the cache is its own
     * @throws ConfigException if it is not said how to log in to the cloud
     */
    public CentralAssembly(
            OpenStackConfig openstack,
            RefresherOptions options,
            SharedCache cache,
            Surroundings surroundings,
            ReadingWitness witness,
            Reader reader,
            Optional<CellLists> cells)
            throws ConfigException {
        this.surroundings = surroundings;
        this.name = surroundings.host() + "/" + UUID.randomUUID().toString().substring(0, 8);
        this.reader = reader;
        this.cloud = new CloudLogin(openstack, surroundings.registry()).open();
        refresher = new GlobalRefresher(
                name,
                cache,
                cloud.nova(),
                cells.<ServerLists>map(lists -> lists).orElseGet(() -> ServerLists.of(cloud.nova())),
                cloud.glance(),
                options,
                surroundings.ticker(),
                Heartbeat.threaded(),
                cells.map(lists -> CellsAssembly.witness(witness, lists)).orElse(witness));
    }

    /** How a process of which there are a few refreshes. */
    public static RefresherOptions options(InventoryConfig inventory) {
        return RefresherOptions.DEFAULTS
                .withInterval(inventory.intervalToUpdateResource())
                .withExpiry(inventory.resourceCacheExpiry());
    }

    /** The role central without a shared cache has nothing to do. */
    public static ConfigException switchedOff() {
        return new ConfigException(List.of(new Problem(
                new Origin("configuration", 0),
                "inventory.global_resource_cache",
                "false",
                "the role central keeps the shared cache up to date: switch it on")));
    }

    /** Adds its parts to a process. */
    public void addTo(Lifecycle lifecycle) {
        RefresherMetrics.bind(surroundings.registry(), refresher);
        surroundings.health().register("shared cache refresher", this::health);
        addTo(lifecycle, "shared cache refresher");
    }

    /** The same under another name, without figures and health: those of the process are of its first refresher. */
    public void addTo(Lifecycle lifecycle, String part) {
        RefresherTurns turns = new RefresherTurns(refresher, () -> reader.leads(name));
        lifecycle.add("cloud of the " + part, cloud);
        lifecycle.add(part, turns::start, turns::close);
    }

    private Health health() {
        RefresherReport report = refresher.report();
        Duration old = report.age();
        String age =
                old == null ? "nothing in the shared cache yet" : "the shared cache is " + old.toSeconds() + " s old";
        return switch (report.last().state()) {
            case CACHE_AWAY -> new Health.Down(report.last().detail());
            case FAILED, LOST, CACHE_FULL ->
                new Health.Degraded(age + ": " + report.last().detail());
            case STANDBY -> new Health.Up(report.last().detail() + "; " + age);
            case IDLE, READING, REFRESHED ->
                report.failures() > 0
                        ? new Health.Degraded(age + "; " + report.failures() + " refreshes failed")
                        : new Health.Up(age);
        };
    }
}
