// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.compute;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Sighting;
import io.nephometer.inventory.cache.CacheReport;
import io.nephometer.inventory.cache.HostInventory;
import io.nephometer.inventory.cache.Refresh;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The inventory of an agent that leaves metadata to collectors: it asks nobody and knows nothing. */
record UntoldInventory(String host, InstantSource clock) implements HostInventory {
    private static <T> Answer<T> nothing(T value) {
        return new Answer<>(value, Origin.NONE, null, Duration.ZERO);
    }

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

    @Override
    public Answer<Map<String, Instance>> instancesOf(String asked) {
        return nothing(Map.of());
    }

    @Override
    public Answer<Optional<Instance>> instance(String id) {
        return nothing(Optional.empty());
    }

    @Override
    public Answer<Optional<Flavor>> flavor(String id) {
        return nothing(Optional.empty());
    }

    @Override
    public Answer<Optional<Image>> image(String id) {
        return nothing(Optional.empty());
    }
}
