// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids of flavors that Nova embeds in servers without saying them (from microversion 2.47 on): found in the list of all flavors by
 * name and sizes, since a name alone may have been given to another flavor meanwhile. Not thread-safe.
 */
final class FlavorIds {
    private final Duration life;
    private final int bound;
    private final Map<Shape, String> ids = new HashMap<>();
    private final Set<Shape> unknown = new HashSet<>();
    private boolean listed;
    private long expiry;

    private record Shape(String name, int vcpus, int memory, int disk, int ephemeral, int swap) {
        static Shape of(Flavor flavor) {
            return new Shape(
                    flavor.name(),
                    flavor.vcpus(),
                    flavor.memoryMiB(),
                    flavor.diskGiB(),
                    flavor.ephemeralGiB(),
                    flavor.swapMiB());
        }
    }

    /**
     * No ids yet.
     *
     * @param bound flavors that are held at most
     */
    FlavorIds(Duration life, int bound) {
        this.life = life;
        this.bound = bound;
    }

    /** Whether the list of all flavors is needed to name these. One that it does not have is not looked for again until it expires. */
    boolean needsList(Collection<Flavor> embedded, long now) {
        if (embedded.isEmpty()) {
            return false;
        }
        return !listed
                || now - expiry >= 0
                || embedded.stream()
                        .map(Shape::of)
                        .anyMatch(shape -> !ids.containsKey(shape) && !unknown.contains(shape));
    }

    /** Takes the list of all flavors; {@code embedded} are those that it was asked for. */
    void list(List<Flavor> all, Collection<Flavor> embedded, long now) {
        ids.clear();
        unknown.clear();
        for (Flavor flavor : all) {
            if (flavor.id() != null && ids.size() < bound) {
                ids.put(Shape.of(flavor), flavor.id());
            }
        }
        embedded.stream()
                .map(Shape::of)
                .filter(shape -> !ids.containsKey(shape))
                .forEach(unknown::add);
        listed = true;
        expiry = now + life.toNanos();
    }

    /** The same flavor with its id, if that is known. */
    Flavor named(Flavor embedded) {
        @Nullable String id = ids.get(Shape.of(embedded));
        return new Flavor(
                id,
                embedded.name(),
                embedded.vcpus(),
                embedded.memoryMiB(),
                embedded.diskGiB(),
                embedded.ephemeralGiB(),
                embedded.swapMiB(),
                embedded.extraSpecs());
    }

    int size() {
        return ids.size() + unknown.size();
    }

    int unknown() {
        return unknown.size();
    }

    void clear() {
        ids.clear();
        unknown.clear();
        listed = false;
    }
}
