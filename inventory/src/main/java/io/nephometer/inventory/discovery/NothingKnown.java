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
public interface NothingKnown extends Inventory {
    Inventory INVENTORY = new NothingKnown() {};

    private static <T> Answer<T> nothing(T value) {
        return new Answer<>(value, Origin.NONE, null, Duration.ZERO);
    }

    @Override
    default Answer<Map<String, Instance>> instancesOf(String host) {
        return nothing(Map.of());
    }

    @Override
    default Answer<Optional<Instance>> instance(String id) {
        return nothing(Optional.empty());
    }

    @Override
    default Answer<Optional<Flavor>> flavor(String id) {
        return nothing(Optional.empty());
    }

    @Override
    default Answer<Optional<Image>> image(String id) {
        return nothing(Optional.empty());
    }
}
