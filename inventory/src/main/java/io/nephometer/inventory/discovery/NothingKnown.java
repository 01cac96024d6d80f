// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.discovery;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Inventory;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The inventory of somebody to whom nobody tells anything. */
enum NothingKnown implements Inventory {
    INVENTORY;

    private static <T> Answer<T> nothing(T value) {
        return new Answer<>(value, Origin.NONE, null, Duration.ZERO);
    }

    @Override
    public Answer<Map<String, Instance>> instancesOf(String host) {
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
