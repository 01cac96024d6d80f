// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import io.nephometer.inventory.Presence;
import io.nephometer.inventory.Sighting;
import io.nephometer.openstack.nova.Server;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The servers of a host as far as they are known. Not thread-safe: belongs to the refresh that is under way. */
final class ServerSet {
    private final String host;
    private final Tombstones tombstones;
    private final Tally tally;
    private Map<String, Server> servers = new LinkedHashMap<>();

    ServerSet(String host, Tombstones tombstones, Tally tally) {
        this.host = host;
        this.tombstones = tombstones;
        this.tally = tally;
    }

    Collection<Server> all() {
        return List.copyOf(servers.values());
    }

    int size() {
        return servers.size();
    }

    /** Takes what somebody else knew. */
    void adopt(Collection<Server> known) {
        known.forEach(server -> servers.put(server.id(), server));
    }

    void clear() {
        servers.clear();
    }

    /** Brings up to date what was read, server by server; the later one counts. */
    void merge(Collection<Server> read, Poll poll) {
        for (Server server : read) {
            if (server.isDeleted()) {
                delete(server.id(), poll.tick());
            } else {
                put(server, poll);
            }
        }
    }

    private void put(Server read, Poll poll) {
        @Nullable Server known = servers.get(read.id());
        if (tombstones.has(read.id())) {
            tally.count(CacheEvent.KEPT_DELETED);
        } else if (Records.isPartial(read)) {
            tally.count(CacheEvent.PARTIAL);
        } else if (known != null && Records.isStale(read, known, poll)) {
            tally.count(CacheEvent.STALE);
        } else if (!host.equals(read.host())) {
            leave(read.id(), CacheEvent.MOVED_AWAY);
        } else if (!read.equals(known)) {
            servers.put(read.id(), read);
            tally.count(CacheEvent.CHANGED);
        }
    }

    private void delete(String id, long now) {
        if (!tombstones.has(id)) {
            leave(id, CacheEvent.DELETED);
        }
        tombstones.add(id, now);
    }

    private void leave(String id, CacheEvent why) {
        if (servers.remove(id) != null) {
            tally.count(why);
        }
    }

    /** Takes what Nova says of one server that it was asked for by id. */
    void take(String id, Optional<Server> read, Poll poll) {
        read.ifPresentOrElse(server -> merge(List.of(server), poll), () -> delete(id, poll.tick()));
    }

    /** Makes a whole reading all that is known; but of a partial entry, what was known stays. */
    void replace(Collection<Server> read, Poll poll) {
        Map<String, Server> before = servers;
        Set<String> listed = read.stream().map(Server::id).collect(Collectors.toSet());
        servers = before.values().stream()
                .filter(server -> listed.contains(server.id()))
                .collect(Collectors.toMap(Server::id, server -> server, (one, _) -> one, LinkedHashMap::new));
        tally.count(CacheEvent.NOT_LISTED, before.size() - servers.size());
        for (Server server : read) {
            // What a whole reading says is right, whatever the times are: it heals.
            if (!Records.isPartial(server)) {
                servers.computeIfPresent(server.id(), (_, known) -> known.equals(server) ? known : null);
            }
        }
        merge(read, poll);
    }

    /** Servers that a whole reading lacks although nobody told that they are gone, neither Nova nor the hypervisor. */
    List<Server> missing(Collection<Server> read, @Nullable Sighting sighting) {
        Set<String> listed = read.stream().map(Server::id).collect(Collectors.toSet());
        return servers.values().stream()
                .filter(server -> !listed.contains(server.id()))
                .filter(server -> sighting == null || !isUnseen(server, sighting))
                .toList();
    }

    /** Servers that may have left the hypervisor, since it does not show them; without those that Nova just told to be here. */
    List<Server> unseen(Sighting sighting, Collection<Server> justRead) {
        Set<String> told = justRead.stream().map(Server::id).collect(Collectors.toSet());
        return servers.values().stream()
                .filter(server -> !told.contains(server.id()))
                .filter(server -> isUnseen(server, sighting))
                .toList();
    }

    private static boolean isUnseen(Server server, Sighting sighting) {
        return !sighting.domains().contains(server.id())
                && switch (Presence.of(server)) {
                    case RUNNING, UNSURE ->
                        true; // who was last seen in the middle of a move may have ended it elsewhere
                    case DEFINED -> sighting.withStopped();
                };
    }
}
