// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.shared.CatalogShelf;
import io.nephometer.inventory.shared.Edition;
import io.nephometer.inventory.shared.Entry;
import io.nephometer.inventory.shared.Head;
import io.nephometer.inventory.shared.HostView;
import io.nephometer.inventory.shared.SharedCache;
import io.nephometer.inventory.shared.SharedCacheException;
import io.nephometer.inventory.shared.record.BodyException;
import io.nephometer.inventory.shared.record.FlavorBody;
import io.nephometer.inventory.shared.record.ImageBody;
import io.nephometer.inventory.shared.record.InstanceBody;
import io.nephometer.inventory.shared.record.Told;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the shared cache has of one host: one round trip if nothing moved. Not thread-safe. */
final class HostReader {
    private final String host;
    private final SharedCache cache;
    private final SharedTally tally;

    HostReader(String host, SharedCache cache, SharedTally tally) {
        this.host = host;
        this.cache = cache;
        this.tally = tally;
    }

    /**
     * What was read.
     *
     * @param set what the host has now, the one known before if nothing moved; null while the cache holds no set
     */
    record Look(Head head, @Nullable SharedSet set) {}

    /** Brings up to date what is known. If this fails, half of it may have been read, and nothing of that is to be used. */
    Look look(SharedSet known) throws SharedCacheException {
        HostView view = cache.host(host, known.edition());
        Head head = view.head();
        Edition edition = view.edition();
        if (edition == null) {
            tally.count(SharedEvent.NOT_FILLED);
            return new Look(head, null);
        }
        SharedSet base = known.isOf(head.incarnation()) ? known : SharedSet.NOTHING;
        Map<String, Entry> entries = view.entries();
        tally.count(entries == null ? SharedEvent.NOT_MOVED : SharedEvent.MOVED);
        SharedSet servers = entries == null ? base : servers(edition, entries, base);
        return new Look(head, complete(servers, head));
    }

    private SharedSet servers(Edition edition, Map<String, Entry> entries, SharedSet base) {
        Map<String, Server> servers = new LinkedHashMap<>();
        Map<String, String> skipped = new HashMap<>();
        tally.count(SharedEvent.ENTRY, entries.size());
        entries.values().forEach(entry -> read(entry.id(), entry.body(), HostReader::server, servers, skipped));
        return SharedSet.of(edition, servers, base.flavors(), base.images(), skipped);
    }

    private static Server server(String body) throws BodyException {
        return InstanceBody.read(body).server();
    }

    /** With the flavors and images that its servers need, asked for if they are not known or their shelf has moved. */
    private SharedSet complete(SharedSet set, Head head) throws SharedCacheException {
        Map<String, String> skipped = new HashMap<>(set.skipped());
        Needed<Flavor> flavors = set.flavors()
                .of(
                        ids(set, server -> server.flavor() == null ? server.flavorId() : null),
                        head.flavors(),
                        ids -> catalog(CatalogShelf.FLAVORS, ids, FlavorBody::read, skipped));
        Needed<Image> images = set.images()
                .of(
                        ids(set, Server::imageId),
                        head.images(),
                        ids -> catalog(CatalogShelf.IMAGES, ids, ImageBody::read, skipped));
        return flavors.equals(set.flavors()) && images.equals(set.images())
                ? set
                : SharedSet.of(set.edition(), set.servers(), flavors, images, skipped);
    }

    private static Set<String> ids(SharedSet set, Function<Server, @Nullable String> idOf) {
        Set<String> ids = new HashSet<>();
        for (Server server : set.servers().values()) {
            String id = idOf.apply(server);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    private <T> Map<String, T> catalog(
            CatalogShelf shelf, Collection<String> ids, Body<Told<T>> body, Map<String, String> skipped)
            throws SharedCacheException {
        Map<String, Told<T>> told = new HashMap<>();
        tally.count(SharedEvent.CATALOG);
        cache.catalog(shelf, ids).forEach((id, text) -> read(id, text, body, told, skipped));
        Map<String, T> there = new HashMap<>();
        told.forEach((id, one) -> one.thing().ifPresent(thing -> there.put(id, thing)));
        return there;
    }

    @FunctionalInterface
    private interface Body<T> {
        T read(String text) throws BodyException;
    }

    /** What cannot be read is left out, and nothing else with it. */
    private <T> void read(String id, String text, Body<T> body, Map<String, T> into, Map<String, String> skipped) {
        try {
            into.put(id, body.read(text));
            skipped.remove(id);
        } catch (BodyException e) {
            tally.count(SharedEvent.SKIPPED);
            skipped.put(id, String.valueOf(e.getMessage()));
        }
    }
}
