// SPDX-License-Identifier: Apache-2.0
package io.nephometer.runtime;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** The health of a process: one value per component, asked for when somebody wants to know. Thread-safe. */
public final class HealthRegistry {
    private final ConcurrentSkipListMap<String, Supplier<Health>> components = new ConcurrentSkipListMap<>();

    /**
     * Adds a component; one of the same name is replaced.
     *
     * @param health answers at once, from what is known
     */
    public void register(String component, Supplier<Health> health) {
        components.put(component, health);
    }

    /** All components by name. One whose supplier fails is down. */
    public SortedMap<String, Health> read() {
        SortedMap<String, Health> read = new TreeMap<>();
        components.forEach((name, health) -> read.put(name, ask(health)));
        return read;
    }

    /** One component; one that nobody registered is down. */
    public Health read(String component) {
        Supplier<Health> health = components.get(component);
        return health == null ? new Health.Down("there is no such component") : ask(health);
    }

    private static Health ask(Supplier<Health> health) {
        try {
            return health.get();
        } catch (RuntimeException e) {
            return new Health.Down("the check itself failed: " + e);
        }
    }

    /** The worst of the components. */
    public static Health worst(Map<String, Health> components) {
        Health worst = new Health.Up("all components are up");
        for (Map.Entry<String, Health> component : components.entrySet()) {
            String detail = component.getKey() + ": " + component.getValue().detail();
            switch (component.getValue()) {
                case Health.Down _ -> {
                    return new Health.Down(detail);
                }
                case Health.Degraded _ -> worst = worst instanceof Health.Up ? new Health.Degraded(detail) : worst;
                case Health.Up _ -> {}
            }
        }
        return worst;
    }
}
