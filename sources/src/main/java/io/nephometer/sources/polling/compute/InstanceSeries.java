// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.compute;

import io.nephometer.hypervisor.Domain;
import io.nephometer.inventory.discovery.DiscoveredInstance;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values that an instance has once. */
final class InstanceSeries {
    private InstanceSeries() {}

    /** A value of its domain; null if the hypervisor does not say it. */
    static Series of(Function<Domain, @Nullable Number> value) {
        return with(value, _ -> Map.of());
    }

    /** A value of its domain, and metadata that go with it. */
    static Series with(
            Function<Domain, @Nullable Number> value, Function<Domain, Map<String, @Nullable Object>> extras) {
        return instance -> {
            Domain domain = instance.domain();
            return domain == null
                    ? List.of()
                    : List.of(new Reading(instance.id(), value.apply(domain), extras.apply(domain)));
        };
    }

    /** A value that is known of the instance without the hypervisor. */
    static Series known(Function<DiscoveredInstance, @Nullable Number> value) {
        return instance -> List.of(new Reading(instance.id(), value.apply(instance), Map.of()));
    }
}
