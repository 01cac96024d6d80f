// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.inventory.discovery.NothingKnown;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The inventory of an agent that leaves metadata to collectors: it asks nobody and knows nothing. */
record UntoldInventory(String host, InstantSource clock) implements HostInventory, NothingKnown {
    @Override
    public Refresh refresh(Sighting sighting) {
        return new Refresh(
                Refresh.Kind.NOTHING,
                Refresh.Outcome.NOT_DUE,
                "collectors join metadata",
                clock.instant(),
                null,
                Duration.ZERO,
                Refresh.Requests.NONE,
                0,
                0);
    }

    @Override
    public CacheReport report() {
        CacheReport.Stock none = new CacheReport.Stock(0, 0, 0, 0, 0);
        return new CacheReport(
                host,
                false,
                clock.instant(),
                Origin.NONE,
                null,
                false,
                Duration.ZERO,
                null,
                null,
                null,
                0,
                null,
                none,
                none,
                none,
                0,
                new CacheReport.Counts(Map.of(), Refresh.Requests.NONE, Map.of()),
                null);
    }
}
