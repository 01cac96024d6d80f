// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Instance;
import io.nephometer.inventory.Inventory;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.runtime.Ticker;
import java.util.Map;
import java.util.Optional;

/** What readers see of the shared cache: one whole set of one host and its age, never changed. */
record SharedView(String host, SharedSet set, Freshness freshness, Ticker ticker) implements Inventory {
    @Override
    public Answer<Map<String, Instance>> instancesOf(String asked) {
        return asked.equals(host) ? answer(set.instances()) : Freshness.NONE.answer(Map.of(), 0);
    }

    @Override
    public Answer<Optional<Instance>> instance(String id) {
        return answer(Optional.ofNullable(set.instances().get(id)));
    }

    @Override
    public Answer<Optional<Flavor>> flavor(String id) {
        return known(set.flavors(), id);
    }

    @Override
    public Answer<Optional<Image>> image(String id) {
        return known(set.images(), id);
    }

    private <T> Answer<T> answer(T value) {
        return freshness.answer(value, ticker.nanos());
    }

    private <T> Answer<Optional<T>> known(Needed<T> needed, String id) {
        Map<String, Optional<T>> known = needed.known();
        return known.containsKey(id)
                ? answer(known.getOrDefault(id, Optional.empty()))
                : Freshness.NONE.answer(Optional.empty(), 0);
    }
}
