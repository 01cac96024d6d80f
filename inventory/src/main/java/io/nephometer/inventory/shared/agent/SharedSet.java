// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.agent;

import io.nephometer.inventory.Instance;
import io.nephometer.inventory.shared.Edition;
import io.nephometer.openstack.glance.Image;
import io.nephometer.openstack.nova.Flavor;
import io.nephometer.openstack.nova.Server;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one host as one edition of the shared cache has them, whole, never changed.
 *
 * @param skipped what could not be read, by id, and why
 */
record SharedSet(
        @Nullable Edition edition,
        Map<String, Server> servers,
        Needed<Flavor> flavors,
        Needed<Image> images,
        Map<String, Instance> instances,
        Map<String, String> skipped) {
    static final SharedSet NOTHING = of(null, Map.of(), Needed.nothing(), Needed.nothing(), Map.of());

    SharedSet {
        servers = Collections.unmodifiableMap(servers);
        instances = Collections.unmodifiableMap(instances);
        skipped = Map.copyOf(skipped);
    }

    /** With the instances joined. */
    static SharedSet of(
            @Nullable Edition edition,
            Map<String, Server> servers,
            Needed<Flavor> flavors,
            Needed<Image> images,
            Map<String, String> skipped) {
        Map<String, Instance> instances = new LinkedHashMap<>();
        servers.forEach((id, server) ->
                instances.put(id, new Instance(server, flavor(server, flavors), images.find(server.imageId()))));
        return new SharedSet(edition, servers, flavors, images, instances, skipped);
    }

    private static @Nullable Flavor flavor(Server server, Needed<Flavor> flavors) {
        return server.flavor() == null ? flavors.find(server.flavorId()) : server.flavor();
    }

    /** Servers that are new, or not as they were in {@code before}. */
    @SuppressWarnings("ReferenceEquality") // the same map has the same servers: nothing to compare
    int changedSince(SharedSet before) {
        return servers == before.servers
                ? 0
                : (int) servers.values().stream()
                        .filter(server -> !server.equals(before.servers.get(server.id())))
                        .count();
    }

    /** Servers of {@code before} that are no longer there. */
    @SuppressWarnings("ReferenceEquality") // as above
    int leftSince(SharedSet before) {
        return servers == before.servers
                ? 0
                : (int) before.servers.keySet().stream()
                        .filter(id -> !servers.containsKey(id))
                        .count();
    }

    /** Whether the cache has been emptied since: what its editions number begins anew. */
    boolean isOf(String incarnation) {
        return edition != null && edition.incarnation().equals(incarnation);
    }
}
