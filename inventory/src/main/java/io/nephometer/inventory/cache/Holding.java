// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.inventory.Answer;
import io.nephometer.inventory.Answer.Origin;
import io.nephometer.inventory.Instance;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What readers see: one whole set, never changed.
 *
 * @param poll when Nova told it; null if it told nothing
 */
record Holding(
        @Nullable Poll poll,
        Map<String, Instance> instances,
        Map<String, Known<Flavor>> flavors,
        Map<String, Known<Image>> images) {
    static final Holding NOTHING = new Holding(null, Map.of(), Map.of(), Map.of());

    Holding {
        instances = Collections.unmodifiableMap(new LinkedHashMap<>(instances));
    }

    Origin origin() {
        return poll == null ? Origin.NONE : Origin.API;
    }

    <T> Answer<T> answer(T value, long now) {
        return poll == null
                ? new Answer<>(value, Origin.NONE, null, Duration.ZERO)
                : new Answer<>(value, Origin.API, poll.at(), poll.age(now));
    }

    static <T> Answer<Optional<T>> answer(@Nullable Known<T> known, long now) {
        return known == null
                ? new Answer<>(Optional.empty(), Origin.NONE, null, Duration.ZERO)
                : new Answer<>(known.value(), Origin.API, known.at(), Duration.ofNanos(now - known.tick()));
    }
}
