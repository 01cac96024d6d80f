// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.ImageBody;
import io.nephometer.inventory.shared.record.Told;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images: listed at first and when they expire; those that servers need and the list does not have, since they are deleted or
 * hidden, are asked for by id. Not thread-safe.
 */
final class ImageStock {
    private final Duration expiry;
    private final int maxLookups;

    /** Images of which the cache knows, or knows that there is none. */
    private final Set<String> known = new HashSet<>();

    private final Set<String> wanted = new LinkedHashSet<>();
    private @Nullable Long expires;

    ImageStock(RefresherOptions options) {
        this.expiry = options.imageExpiry();
        this.maxLookups = options.maxLookups();
    }

    /** Notes which images servers need. */
    void note(List<Server> servers) {
        for (Server server : servers) {
            String id = server.imageId();
            if (id != null && !known.contains(id)) {
                wanted.add(id);
            }
        }
    }

    /** As {@link CatalogStock#complete}. After a question that fails, Glance is left alone until the next refresh. */
    @Nullable String complete(Seated work) throws SharedCacheException {
        try {
            long now = work.clock().tick();
            if (expires == null || now - expires >= 0) {
                list(work);
                expires = now + expiry.toNanos();
            }
            lookUp(work);
            return null;
        } catch (ApiException e) {
            return e.getMessage();
        }
    }

    private void list(Seated work) throws ApiException, SharedCacheException {
        List<Image> all = work.cloud().images();
        known.clear();
        for (List<Image> images : Chunks.of(all)) {
            Map<String, Optional<Image>> byId = new HashMap<>();
            images.forEach(image -> byId.put(image.id(), Optional.of(image)));
            put(byId, work);
        }
    }

    private void lookUp(Seated work) throws ApiException, SharedCacheException {
        wanted.removeAll(known);
        Map<String, Optional<Image>> found = new HashMap<>();
        try {
            for (String id : wanted.stream().limit(maxLookups).toList()) {
                found.put(id, work.cloud().image(id));
            }
        } finally {
            put(found, work);
        }
    }

    private void put(Map<String, Optional<Image>> told, Seated work) throws SharedCacheException {
        Instant now = work.clock().now();
        Map<String, String> bodies = new HashMap<>();
        told.forEach((id, image) -> bodies.put(id, ImageBody.write(new Told<>(image, now))));
        if (!bodies.isEmpty()) {
            work.seat().catalog(CatalogShelf.IMAGES, bodies);
            known.addAll(bodies.keySet());
            wanted.removeAll(bodies.keySet());
        }
    }

    void forget() {
        known.clear();
        wanted.clear();
        expires = null;
    }
}
