// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks;

import io.nephometer.benchmarks.central.CentralAgents;
import io.nephometer.benchmarks.central.CentralScaling;
import io.nephometer.benchmarks.drain.DrainMariaDb;
import io.nephometer.benchmarks.drain.DrainPostgres;
import io.nephometer.benchmarks.drain.DrainSqlite;
import io.nephometer.benchmarks.footprint.ComputeFootprint;
import io.nephometer.benchmarks.inventory.BareSamples;
import io.nephometer.benchmarks.inventory.FeedLatency;
import io.nephometer.benchmarks.inventory.MetadataCache;
import io.nephometer.benchmarks.inventory.SharedCacheSize;
import io.nephometer.benchmarks.ledger.DedupCost;
import io.nephometer.benchmarks.ledger.LedgerSize;
import io.nephometer.benchmarks.micro.MicroDecode;
import io.nephometer.benchmarks.micro.MicroDomains;
import io.nephometer.benchmarks.micro.MicroEvents;
import io.nephometer.benchmarks.micro.MicroMeters;
import io.nephometer.benchmarks.replica.CellAudits;
import io.nephometer.benchmarks.replica.InventoryAudits;
import io.nephometer.benchmarks.replica.ReplicaLag;
import io.nephometer.benchmarks.sharing.GlobalCache;
import io.nephometer.benchmarks.simulation.ClusterSimulation;
import java.util.List;

/** All benchmarks there are, in the order in which {@code ./bench list} shows them. */
final class Benchmarks {
    private Benchmarks() {}

    static List<Benchmark> all() {
        return List.of(
                new DrainPostgres(),
                new DrainMariaDb(),
                new DrainSqlite(),
                new DedupCost(),
                new LedgerSize(),
                new ReplicaLag(),
                new CellAudits(),
                new InventoryAudits(),
                new MetadataCache(),
                new GlobalCache(),
                new SharedCacheSize(),
                new FeedLatency(),
                new BareSamples(),
                new ComputeFootprint(),
                new ClusterSimulation(),
                new CentralAgents(),
                new CentralScaling(),
                new MicroDecode(),
                new MicroEvents(),
                new MicroMeters(),
                new MicroDomains());
    }
}
