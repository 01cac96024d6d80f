// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.cache.FlavorIds;
import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.FlavorBody;
import io.nephometer.inventory.shared.record.Told;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the cache has the flavors and images that instances are made of. What it knows of them itself is no more than which
 * there are: a refresher that begins lists them once. Not thread-safe.
 */
final class CatalogStock {
    private final FlavorIds flavorIds;
    private final ImageStock images;

    /** Flavors of which the cache knows, or knows that there is none. */
    private final Set<String> flavors = new HashSet<>();

    CatalogStock(RefresherOptions options) {
        this.flavorIds = new FlavorIds(options.flavorExpiry(), options.maxCatalog());
        this.images = new ImageStock(options);
    }

    /**
     * The servers, with the ids of flavors that Nova embeds without them. Asks Nova only if one of the flavors is new to it. Their
     * images are noted for {@link #complete}.
     *
     * @throws ApiException if Nova does not list the flavors: then the servers count as not told, too
     */
    List<Server> named(List<Server> servers, Seated work) throws ApiException, SharedCacheException {
        long now = work.clock().tick();
        Set<Flavor> embedded = servers.stream()
                .map(Server::flavor)
                .filter(flavor -> flavor != null && flavor.id() == null)
                .map(Objects::requireNonNull)
                .collect(Collectors.toSet());
        if (flavorIds.needsList(embedded, now)) {
            list(embedded, work, now);
        }
        lookUp(servers, work);
        images.note(servers);
        return servers.stream().map(this::named).toList();
    }

    private Server named(Server server) {
        Flavor flavor = server.flavor();
        return flavor == null || flavor.id() != null ? server : server.withFlavor(flavorIds.named(flavor));
    }

    private void list(Set<Flavor> embedded, Seated work, long now) throws ApiException, SharedCacheException {
        List<Flavor> all = work.cloud().flavors();
        flavorIds.list(all, embedded, work.clock().now(), now);
        Map<String, Optional<Flavor>> byId = new HashMap<>();
        all.forEach(flavor -> byId.put(String.valueOf(flavor.id()), Optional.of(flavor)));
        put(byId, work);
    }

    /** Before microversion 2.47 servers name their flavor by its id alone. */
    private void lookUp(List<Server> servers, Seated work) throws ApiException, SharedCacheException {
        Map<String, Optional<Flavor>> found = new HashMap<>();
        for (String id : unknown(servers)) {
            found.put(id, work.cloud().flavor(id));
        }
        put(found, work);
    }

    private List<String> unknown(List<Server> servers) {
        List<@Nullable String> ids = new ArrayList<>();
        servers.stream().filter(server -> server.flavor() == null).forEach(server -> ids.add(server.flavorId()));
        return ids.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .filter(id -> !flavors.contains(id))
                .toList();
    }

    private void put(Map<String, Optional<Flavor>> told, Seated work) throws SharedCacheException {
        Instant now = work.clock().now();
        Map<String, String> bodies = new HashMap<>();
        told.forEach((id, flavor) -> bodies.put(id, FlavorBody.write(new Told<>(flavor, now))));
        if (!bodies.isEmpty()) {
            work.seat().catalog(CatalogShelf.FLAVORS, bodies);
            flavors.addAll(bodies.keySet());
        }
    }

    /**
     * Brings the images that servers need into the cache.
     *
     * @return why one is missing; null if none is
     */
    @Nullable String complete(Seated work) throws SharedCacheException {
        return images.complete(work);
    }

    /** The cache was emptied, or another refreshed it meanwhile: whatever is known of what it has counts no more. */
    void forget() {
        flavorIds.forgetList();
        flavors.clear();
        images.forget();
    }
}
