// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.inventory.Instance;
import io.nephometer.openstack.api.ApiException;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The flavors and images that servers are made of, kept across refreshes. Not thread-safe: belongs to the refresh under way. */
final class Catalog {
    private final InstantSource clock;
    private final Tally tally;
    private final Shelf<Flavor> flavors;
    private final Shelf<Image> images;
    private final FlavorIds flavorIds;

    /** A question to a service. */
    @FunctionalInterface
    private interface Question<T> {
        Optional<T> ask(String id) throws ApiException;
    }

    Catalog(String host, CacheOptions options, InstantSource clock, Tally tally) {
        this.clock = clock;
        this.tally = tally;
        this.flavors = new Shelf<>(host, options.flavorExpiry(), options.absenceExpiry(), options.maxEntries());
        this.images = new Shelf<>(host, options.imageExpiry(), options.absenceExpiry(), options.maxEntries());
        this.flavorIds = new FlavorIds(Spread.shorten(options.flavorExpiry(), 0.75, host), options.maxEntries());
    }

    /**
     * Asks for what the servers need and is not held, or is over its time.
     *
     * @return why something is missing; null if nothing is
     */
    @Nullable String complete(Collection<Server> servers, CloudReader cloud, long now) {
        Set<String> flavorsInUse = ids(servers, server -> server.flavor() == null ? server.flavorId() : null);
        Set<String> imagesInUse = ids(servers, Server::imageId);
        List<@Nullable String> failures = new ArrayList<>();
        failures.add(fill(flavors, flavorsInUse, cloud::flavor, now));
        failures.add(nameEmbedded(servers, cloud, now));
        failures.add(fill(images, imagesInUse, cloud::image, now));
        flavors.expire(flavorsInUse, now);
        images.expire(imagesInUse, now);
        String text = failures.stream().filter(Objects::nonNull).collect(Collectors.joining("; "));
        return text.isEmpty() ? null : text;
    }

    private static Set<String> ids(
            Collection<Server> servers, java.util.function.Function<Server, @Nullable String> idOf) {
        Set<String> ids = new LinkedHashSet<>();
        for (Server server : servers) {
            String id = idOf.apply(server);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** After a question that fails, the service is left alone until the next refresh: it would fail as often as there are ids. */
    private <T> @Nullable String fill(Shelf<T> shelf, Set<String> ids, Question<T> question, long now) {
        if (ids.size() > shelf.bound()) {
            tally.count(CacheEvent.BEYOND_BOUND, ids.size() - shelf.bound());
        }
        List<String> due = ids.stream()
                .limit(shelf.bound())
                .filter(id -> shelf.isDue(id, now))
                .toList();
        for (String id : due) {
            try {
                shelf.put(id, question.ask(id), clock.instant(), now);
            } catch (ApiException e) {
                tally.count(CacheEvent.CATALOG_FAILED);
                return e.getMessage();
            }
        }
        return null;
    }

    private @Nullable String nameEmbedded(Collection<Server> servers, CloudReader cloud, long now) {
        Set<Flavor> embedded = servers.stream()
                .map(Server::flavor)
                .filter(flavor -> flavor != null && flavor.id() == null)
                .collect(Collectors.toSet());
        if (!flavorIds.needsList(embedded, now)) {
            return null;
        }
        try {
            List<Flavor> all = new ArrayList<>();
            cloud.flavors(all::add);
            flavorIds.list(all, embedded, clock.instant(), now);
            return null;
        } catch (ApiException e) {
            tally.count(CacheEvent.CATALOG_FAILED);
            return e.getMessage();
        }
    }

    /** Takes what somebody else knows, as if it had been asked for now. */
    void adopt(Collection<Flavor> knownFlavors, Map<String, Optional<Image>> knownImages, long now) {
        flavorIds.list(List.copyOf(knownFlavors), List.of(), clock.instant(), now);
        for (Flavor flavor : knownFlavors) {
            String id = flavor.id();
            if (id != null) {
                flavors.put(id, Optional.of(flavor), clock.instant(), now);
            }
        }
        knownImages.forEach((id, image) -> images.put(id, image, clock.instant(), now));
    }

    /** The servers with what is known around them. */
    Map<String, Instance> join(Collection<Server> servers) {
        Map<String, Instance> joined = new LinkedHashMap<>();
        for (Server server : servers) {
            joined.put(server.id(), new Instance(server, flavor(server), value(images, server.imageId())));
        }
        return joined;
    }

    private @Nullable Flavor flavor(Server server) {
        Flavor embedded = server.flavor();
        if (embedded == null) {
            return value(flavors, server.flavorId());
        }
        return embedded.id() == null ? flavorIds.named(embedded) : embedded;
    }

    private static <T> @Nullable T value(Shelf<T> shelf, @Nullable String id) {
        Known<T> known = id == null ? null : shelf.find(id);
        return known == null ? null : known.value().orElse(null);
    }

    /** All that are held: asked for one by one, or read in the list that names embedded ones. */
    Map<String, Known<Flavor>> flavors() {
        Map<String, Known<Flavor>> all = flavorIds.byId();
        all.putAll(flavors.copy());
        return Map.copyOf(all);
    }

    Map<String, Known<Image>> images() {
        return images.copy();
    }

    /** Flavors that are held to name those embedded in servers. */
    FlavorIds flavorIds() {
        return flavorIds;
    }

    void clear() {
        flavors.clear();
        images.clear();
        flavorIds.clear();
    }
}
