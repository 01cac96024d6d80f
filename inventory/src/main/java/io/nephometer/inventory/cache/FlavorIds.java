// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.inventory.FlavorShape;
import io.nephometer.openstack.nova.Flavor;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ids of flavors that Nova embeds in servers without saying them (from microversion 2.47 on): found in the list of all flavors by
 * name, sizes and extra specs, else by name and sizes, since a name alone may have been given to another flavor meanwhile. Servers keep
 * a flavor that was deleted, so its id is remembered when it is listed no more. One that nobody listed while it was there has no id:
 * Nova tells it to nobody any more. Not thread-safe.
 */
public final class FlavorIds {
    /** What a list did not have is looked for again after this time: somebody may have made it anew. */
    private static final Duration ABSENCE = Duration.ofHours(1);

    private final Duration life;
    private final int bound;
    private final Map<FlavorShape, Flavor> listedBy = new HashMap<>();
    private final Set<FlavorShape> unknown = new HashSet<>();

    /** The id of each flavor that was ever listed, by all that Nova embeds of it; beyond the bound, what was listed longest ago goes. */
    private final Map<Flavor, String> former = new LinkedHashMap<>();

    private boolean listed;
    private Instant listedAt = Instant.EPOCH;
    private long listedTick;
    private long expiry;

    /**
     * No ids yet.
     *
     * @param bound flavors that are held at most
     */
    public FlavorIds(Duration life, int bound) {
        this.life = life;
        this.bound = bound;
    }

    /** Whether the list of all flavors is needed to name these. One that it does not have is not looked for again at once. */
    public boolean needsList(Collection<Flavor> embedded, long now) {
        if (embedded.isEmpty()) {
            return false;
        }
        return !listed
                || now - expiry >= 0
                || embedded.stream()
                        .map(FlavorShape::of)
                        .anyMatch(shape -> !listedBy.containsKey(shape) && !isAbsent(shape, now));
    }

    private boolean isAbsent(FlavorShape shape, long now) {
        return unknown.contains(shape) && now - listedTick < ABSENCE.toNanos();
    }

    /** Takes the list of all flavors; {@code embedded} are those that it was asked for. */
    public void list(List<Flavor> all, Collection<Flavor> embedded, Instant at, long now) {
        listedBy.clear();
        for (Flavor flavor : all) {
            if (flavor.id() != null && listedBy.size() < bound) {
                listedBy.put(FlavorShape.of(flavor), flavor);
                remember(flavor.withId(null), flavor.id());
            }
        }
        embedded.stream().map(FlavorShape::of).limit(bound).forEach(unknown::add);
        unknown.removeIf(listedBy::containsKey);
        listed = true;
        listedAt = at;
        listedTick = now;
        expiry = now + life.toNanos();
    }

    private void remember(Flavor embedded, String id) {
        former.remove(embedded); // so that the order is that of the last list
        former.put(embedded, id);
        if (former.size() > bound) {
            former.remove(former.keySet().iterator().next());
        }
    }

    /** The same flavor with its id, if that is known. */
    public Flavor named(Flavor embedded) {
        String exact = former.get(embedded.withId(null));
        Flavor listedNow = listedBy.get(FlavorShape.of(embedded));
        return embedded.withId(exact != null || listedNow == null ? exact : listedNow.id());
    }

    /** All that the list had, by id. */
    Map<String, Known<Flavor>> byId() {
        Map<String, Known<Flavor>> byId = new HashMap<>();
        for (Flavor flavor : listedBy.values()) {
            byId.put(String.valueOf(flavor.id()), new Known<>(Optional.of(flavor), listedAt, listedTick));
        }
        return byId;
    }

    int unknown() {
        return unknown.size();
    }

    /** Makes the next list needed; ids that were told stay so. */
    public void forgetList() {
        listedBy.clear();
        unknown.clear();
        listed = false;
    }

    void clear() {
        forgetList();
        former.clear();
    }
}
