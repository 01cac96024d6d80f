// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cells;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nephometer.app.ReplicaMetrics;
import io.nephometer.app.collector.Surroundings;
import io.nephometer.app.config.NovaCellsConfig;
import io.nephometer.inventory.shared.refresh.ReadingWitness;
import io.nephometer.runtime.Health;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.sources.audits.Inventory;
import io.nephometer.store.cells.CellStatus;
import io.nephometer.store.cells.NovaCell;
import io.nephometer.store.replica.ReadRoute;
import io.nephometer.store.replica.ReplicaStatus;
import io.nephometer.store.replica.RouterObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Puts together what reads cell databases in a process. */
public final class CellsAssembly {
    /** So long the ledger's inventory may stand still before the audit does without it. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final NovaCellsConfig config;
    private final Surroundings surroundings;
    private final Cells cells;

    public CellsAssembly(NovaCellsConfig config, Surroundings surroundings) {
        this.config = config;
        this.surroundings = surroundings;
        MeterRegistry registry = surroundings.registry();
        ReplicaMetrics replicas = new ReplicaMetrics(registry);
        this.cells = Cells.of(
                config, surroundings.clock(), surroundings.ticker(), cell -> new CellReads(cell, registry, replicas));
        for (NovaCell cell : cells.all()) {
            replicas.bind(cell.router());
            Gauge.builder("nephometer.cells.up", cell, it -> it.status().trouble() == null ? 1 : 0)
                    .description("Whether the last read of the cell's database was answered")
                    .tag("cell", cell.name())
                    .register(registry);
        }
    }

    /** Adds the connections to a process. */
    public void addTo(Lifecycle lifecycle) {
        surroundings.health().register("nova cells", this::health);
        lifecycle.add("nova cells", cells::start, cells::close);
    }

    /**
     * What the audit of usage stands on.
     *
     * @param own the ledger's inventory, which is asked for what rows do not tell
     */
    public Inventory inventory(Inventory own) {
        return new CellInventory(
                cells,
                servers(),
                new OwnVersions(own, surroundings.ticker(), PATIENCE),
                Objects.requireNonNullElse(config.deletedKept(), Duration.ZERO),
                changed -> surroundings
                        .registry()
                        .counter("nephometer.cells.changed.after.period")
                        .increment(changed));
    }

    /** What a refresher reads. */
    public CellLists lists() {
        return new CellLists(cells, servers());
    }

    /** A witness of what is read of {@code lists}, who is told that it is complete only if it is. */
    public static ReadingWitness witness(ReadingWitness witness, CellLists lists) {
        return new WholeCloud(witness, lists);
    }

    private CellServers servers() {
        return new CellServers(config.instanceNameTemplate());
    }

    private Health health() {
        List<CellStatus> bad = cells.all().stream()
                .map(NovaCell::status)
                .filter(status -> status.trouble() != null)
                .toList();
        if (bad.isEmpty()) {
            return new Health.Up(cells.all().size() + " cell databases");
        }
        CellStatus first = bad.getFirst();
        return new Health.Degraded("the database of cell " + first.cell() + " is " + first.state()
                + (first.trouble() == null ? "" : ": " + first.trouble().detail())
                + (bad.size() == 1 ? "" : "; and " + (bad.size() - 1) + " more"));
    }

    /** Counts where the reads of a cell went. */
    private record CellReads(String cell, MeterRegistry registry, ReplicaMetrics replicas) implements RouterObserver {
        @Override
        public void routed(ReadRoute route) {
            registry.counter(
                            "nephometer.cells.reads",
                            "cell",
                            cell,
                            "target",
                            route.target().label(),
                            "reason",
                            route.reason().label())
                    .increment();
        }

        @Override
        public void changed(ReplicaStatus now) {
            replicas.changed(now);
        }
    }
}
