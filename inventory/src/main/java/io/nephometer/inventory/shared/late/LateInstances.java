// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.late;

import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.CachedInstance;
import io.nephometer.inventory.shared.record.Earlier;
import io.nephometer.inventory.shared.record.FlavorBody;
import io.nephometer.inventory.shared.record.ImageBody;
import io.nephometer.inventory.shared.record.Knowledge;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import io.nephometer.runtime.Ticker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks up what samples are of: one question for all instances, and rarely one for their flavors and images. Thread-safe. */
public final class LateInstances {
    private final SharedCache cache;
    private final KnownThings<Flavor> flavors;
    private final KnownThings<Image> images;

    public LateInstances(SharedCache cache, Ticker ticker) {
        this.cache = cache;
        this.flavors = new KnownThings<>(cache, CatalogShelf.FLAVORS, FlavorBody::read, ticker);
        this.images = new KnownThings<>(cache, CatalogShelf.IMAGES, ImageBody::read, ticker);
    }

    /** What is known of these instances; those of which nothing is known are not in the answer. */
    public Map<String, Found> find(Collection<String> ids) throws SharedCacheException {
        Map<String, Found> found = new HashMap<>();
        Map<String, CachedInstance> described = new HashMap<>();
        cache.instances(ids).forEach((id, known) -> {
            switch (Knowledge.of(known)) {
                case Knowledge.Here(CachedInstance cached) -> described.put(id, cached);
                case Knowledge.Gone(Instant _, CachedInstance last) -> {
                    if (last == null) {
                        found.put(id, new Found.Gone());
                    } else {
                        described.put(id, last);
                    }
                }
                case Knowledge.Nothing _, Knowledge.Unreadable _ -> {}
            }
        });
        Map<String, Flavor> flavorsOf = flavors.find(flavorIds(described.values()));
        Map<String, Image> imagesOf = images.find(imageIds(described.values()));
        described.forEach((id, cached) -> found.put(id, new Found.Known(cached, flavorsOf, imagesOf)));
        return found;
    }

    private static List<Server> servers(Collection<CachedInstance> instances) {
        List<Server> servers = new ArrayList<>();
        for (CachedInstance cached : instances) {
            servers.add(cached.server());
            cached.earlier().stream().map(Earlier::server).forEach(servers::add);
        }
        return servers;
    }

    private static Set<String> flavorIds(Collection<CachedInstance> instances) {
        Set<String> ids = new HashSet<>();
        for (Server server : servers(instances)) {
            addIfAny(ids, server.flavor() == null ? server.flavorId() : null);
        }
        return ids;
    }

    private static Set<String> imageIds(Collection<CachedInstance> instances) {
        Set<String> ids = new HashSet<>();
        servers(instances).forEach(server -> addIfAny(ids, server.imageId()));
        return ids;
    }

    private static void addIfAny(Set<String> ids, @Nullable String id) {
        if (id != null) {
            ids.add(id);
        }
    }
}
